/** Searches that processes share, which come, go and die: what comes of them is what one machine finds. */
import assert from "node:assert/strict";
import { openSignals, type Signals } from "../faults/live/signals.ts";
import { eventually } from "../support/eventually.ts";
import { withDatabase } from "../support/database.ts";
import { redisTest, withRedis } from "../support/redis.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { type CommandOptions, type RunningCommand, startCommand } from "./command.ts";

/** 60 × 200 sets in 24 batches; an account whose sets take their time. */
const SPACE = '{"fast":"5..64","slow":"70..269"}', BATCHES = 24;
const SWEEP = [
  ...["sweep", "strategies/sma_cross.ts", "--candles", "data/sample_candles_1h.csv.gz"],
  ...["--from", "2023-11-01", "--account", '{"cooldown":1}', "--params", SPACE, "--keep", "all"],
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

async function oneMachines(out: string): Promise<string> {
  const { code, err } = await startCommand([...SWEEP, "--workers", "1", "--out", out], {
    archive: parent(out),
  }).ended;
  assert.equal(code, 0, err);
  return await Deno.readTextFile(out);
}

const parent = (path: string) => path.slice(0, path.lastIndexOf("/"));

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
            const out = `${folder}/shared.csv`, whole = oneMachines(`${folder}/whole.csv`);
            const worker = () => startCommand(["worker", "--workers", "1"], place);
            const [killed, frozen] = [worker(), worker()];
            const sweep = startCommand([...SWEEP, "--distributed", "--out", out], {
              ...place,
              archive: folder,
            });
            const until = (count: number) =>
              eventually(`batch ${count}`, () => batchesOf(out) >= count);
            await until(2);
            await signals.send(await killed.pid, "SIGKILL");
            await signals.send(await frozen.pid, "SIGSTOP");
            const before = batchesOf(out), late = worker();
            // What the two did last may come yet; a third is the late one's.
            await until(before + 3);
            await signals.send(await frozen.pid, "SIGCONT");
            const { code, err } = await sweep.ended;
            assert.equal(code, 0, err);
            assert.equal(await Deno.readTextFile(out), await whole);
            assert.match(err, /100 % 12,000 of 12,000 sets/);
            assert.equal(err.match(/takes part, with 1 processors/g)?.length, 3, err);
            assert.notEqual((await killed.ended).code, 0);
            await leave([frozen, late]);
          })
        )
      ),
  );
}

/** Has workers leave, and sees that they do so well. */
async function leave(workers: readonly RunningCommand[]): Promise<void> {
  for (const one of workers) await one.signal("SIGTERM");
  for (const { code, err } of await Promise.all(workers.map(({ ended }) => ended))) {
    assert.equal(code, 0, err);
    assert.match(err, /\d+ batches were done here/);
    assert.doesNotMatch(err, /\n +at |Uncaught|Unhandled/);
  }
}

for (const isShared of [false, true]) {
  const how = isShared ? "that is shared out" : "on one machine";
  Deno.test(`a search ${how} that was killed, then ended by Ctrl-C, goes on to the same table`, () =>
    inTempFolder((folder) =>
      withSignals((signals) =>
        withDatabase(async (database) => {
          const out = `${folder}/cut.csv`, whole = oneMachines(`${folder}/whole.csv`);
          const workers = isShared
            ? [startCommand(["worker", "--workers", "1"], { database })]
            : [];
          const flags = isShared ? ["--distributed"] : ["--workers", "1"];
          const sweep = () =>
            startCommand([...SWEEP, ...flags, "--out", out], { database, archive: folder });
          const killed = sweep();
          await eventually("a batch", () => batchesOf(out) >= 1);
          await signals.send(await killed.pid, "SIGKILL");
          await killed.ended;
          const kept = batchesOf(out);
          assert.ok(kept >= 1 && kept < BATCHES, `${kept} batches`);
          const ended = sweep();
          await eventually("another batch", () => batchesOf(out) > kept);
          await ended.signal("SIGINT");
          const { code, err } = await ended.ended;
          assert.equal(code, 1, err);
          assert.match(err, /Going on where it was ended: \d+ batches are there/);
          assert.match(err, /The sweep was ended before it was through/);
          const last = await sweep().ended;
          assert.equal(last.code, 0, last.err);
          assert.equal(await Deno.readTextFile(out), await whole);
          await leave(workers);
        })
      )
    ));
}
