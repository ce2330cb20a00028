/** Searches that processes share, which come, go and die: what comes of them is what one machine finds. */
import assert from "node:assert/strict";
import { openSignals, type Signals } from "../faults/live/signals.ts";
import { eventually } from "../support/eventually.ts";
import { withDatabase } from "../support/database.ts";
import { redisTest, withRedis } from "../support/redis.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { type CommandOptions, runCommand, type RunningCommand, startCommand } from "./command.ts";

/** 64 × 125 sets in 16 batches; an account that is not the quickest. */
const SPACE = '{"fast":"5..68","slow":"70..194"}', BATCHES = 16;
const SWEEP = [
  ...["sweep", "strategies/sma_cross.ts", "--candles", "data/sample_candles_1h.csv.gz"],
  ...["--from", "2024-04-01", "--account", '{"cooldown":1}', "--params", SPACE, "--keep", "all"],
];

type Place = Pick<CommandOptions, "database" | "redis">;

/** Where the work is shared out. */
const PLACES: readonly [
  name: string,
  register: (name: string, test: () => Promise<void>) => void,
  run: (test: (place: Place) => Promise<void>) => Promise<void>,
][] = [
  ["PostgreSQL", Deno.test, (test) => withDatabase((database) => test({ database }))],
  ["Redis", redisTest, (test) => withRedis(({ url: redis }) => test({ redis }))],
];

/** How many batches of a sweep are in its journal; none when it is through. */
function batchesOf(out: string): number {
  try {
    return Deno.readTextFileSync(`${out}.part`).split("\n").length - 2;
  } catch {
    return 0;
  }
}

/** The table that one process writes. */
const whole = lazy(() =>
  inTempFolder(async (folder) => {
    const out = `${folder}/whole.csv`, flags = ["--workers", "1", "--out", out];
    const { code, err } = await runCommand([...SWEEP, ...flags], { archive: folder });
    assert.equal(code, 0, err);
    return await Deno.readTextFile(out);
  })
);

function lazy<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => made ??= make();
}

/** Runs a test with who sends signals. */
async function withSignals(test: (signals: Signals) => Promise<void>): Promise<void> {
  const signals = openSignals();
  try {
    await test(signals);
  } finally {
    await signals.close();
  }
}

for (const [name, register, withPlace] of PLACES) {
  register(
    `three workers over ${name}, one killed, one frozen, one late, find what one machine finds`,
    () =>
      inTempFolder((folder) =>
        withSignals((signals) =>
          withPlace(async (place) => {
            const out = `${folder}/shared.csv`, table = await whole();
            const worker = () => startCommand(["worker", "--workers", "1"], place);
            const [killed, frozen] = [worker(), worker()];
            await eventually("they wait for work", () => said(WAITS, killed, frozen));
            const flags = ["--distributed", "--out", out];
            const sweep = startCommand([...SWEEP, ...flags], { ...place, archive: folder });
            await eventually("both work", () => batchesOf(out) >= 1 && said(WORKS, killed, frozen));
            await signals.send(await killed.pid, "SIGKILL");
            await signals.send(await frozen.pid, "SIGSTOP");
            const late = worker();
            await eventually("the late one works", () => said(WORKS, late));
            await signals.send(await frozen.pid, "SIGCONT");
            const { code, err } = await sweep.ended;
            assert.equal(code, 0, err);
            assert.equal(await Deno.readTextFile(out), table);
            assert.match(err, /100 % 8,000 of 8,000 sets/);
            assert.equal(err.match(/takes part, with 1 processors/g)?.length, 3, err);
            assert.notEqual((await killed.ended).code, 0);
            const [, done] = await leave([frozen, late]);
            assert.ok(done >= 1);
          })
        )
      ),
  );
}

/** What a worker says when it is there, and when it takes part in a search. */
const WAITS = /^Takes part in the searches of/m, WORKS = /: takes part\n/;

function said(what: RegExp, ...workers: readonly RunningCommand[]): boolean {
  return workers.every((one) => what.test(one.noted()));
}

/** Has workers leave, and sees that they do so well. How many batches each has done. */
async function leave(workers: readonly RunningCommand[]): Promise<number[]> {
  // One that has ended by itself says below why.
  for (const one of workers) await one.signal("SIGTERM").catch(() => {});
  const all = await Promise.all(workers.map(({ ended }) => ended));
  return all.map(({ code, err }) => {
    assert.equal(code, 0, err);
    assert.doesNotMatch(err, /\n +at |Uncaught|Unhandled/);
    const counts = [...err.matchAll(/: (\d+) batches were done here/g)];
    assert.ok(counts.length > 0, err);
    return counts.reduce((sum, [, count]) => sum + Number(count), 0);
  });
}

for (const isShared of [false, true]) {
  const how = isShared ? "that is shared out" : "on one machine";
  Deno.test(`a search ${how} that was killed, then ended by Ctrl-C, goes on to the same table`, () =>
    inTempFolder((folder) =>
      withSignals((signals) =>
        withDatabase(async (database) => {
          const out = `${folder}/cut.csv`, table = await whole();
          const workers = isShared
            ? [startCommand(["worker", "--workers", "1"], { database })]
            : [];
          const flags = isShared ? ["--distributed"] : ["--workers", "1"];
          const sweep = () =>
            startCommand([...SWEEP, ...flags, "--out", out], { database, archive: folder });
          const killed = sweep();
          await eventually("a batch", () => batchesOf(out) >= 1);
          // So that nobody does the rest while there is nobody to take it.
          for (const { pid } of workers) await signals.send(await pid, "SIGSTOP");
          await signals.send(await killed.pid, "SIGKILL");
          await killed.ended;
          const kept = batchesOf(out);
          assert.ok(kept >= 1 && kept < BATCHES, `${kept} batches`);
          const ended = sweep();
          await eventually("it goes on", () => /Going on/.test(ended.noted()));
          await ended.signal("SIGINT");
          const { code, err } = await ended.ended;
          assert.equal(code, 1, err);
          assert.match(err, /Going on where it was ended: \d+ batches are there/);
          assert.match(err, /The sweep was ended before it was through/);
          for (const { pid } of workers) await signals.send(await pid, "SIGCONT");
          const last = await sweep().ended;
          assert.equal(last.code, 0, last.err);
          assert.equal(await Deno.readTextFile(out), table);
          await leave(workers);
        })
      )
    ));
}
