import assert from "node:assert/strict";
import { openBullQueue } from "../../engine/queue/bull_queue.ts";
import { openPostgresServer } from "../../engine/queue/postgres_server.ts";
import { DEFAULT_ACCOUNT } from "../../engine/account/settings.ts";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { metricsSettings } from "../../engine/metrics/settings.ts";
import {
  type DescribedSearch,
  wanted,
  writeSearch,
} from "../../engine/search/distributed/described_search.ts";
import { engineVersion } from "../../engine/search/distributed/engine_version.ts";
import { writeRisk, writeStrategy } from "../../engine/strategy/strategy_json.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { withDatabase } from "../support/database.ts";
import { eventually, inTime } from "../support/eventually.ts";
import { freePort } from "../support/redis.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { runCommand, startCommand } from "./command.ts";

const SAMPLE = "data/sample_candles_1h.csv.gz";
const candles = (await readCandlesCsv(SAMPLE)).slice(0, 300);

/** A search over the first candles of the sample. */
async function search(): Promise<DescribedSearch> {
  return {
    engine: await engineVersion(),
    work: {
      strategy: writeStrategy(smaCross),
      risk: writeRisk(smaCross),
      account: DEFAULT_ACCOUNT,
      timeframe: "1h",
      settings: metricsSettings(),
    },
    names: ["fast", "slow"],
    data: { candles: wanted(candles, SAMPLE), decimals: candles.decimals, instruments: {} },
  };
}

/** What is wrong with a search, and what a worker says of it. */
const WRONG: readonly [
  wrong: string,
  change: (search: DescribedSearch) => unknown,
  said: RegExp,
][] = [
  [
    "other code",
    (search) => ({ ...search, engine: { ...search.engine, code: "0123456789" } }),
    /cannot take part: it is of another engine: Lockstep's code is 01234567 there and [0-9a-f]{8} here/,
  ],
  [
    "another Lockstep",
    (search) => ({ ...search, engine: { ...search.engine, lockstep: "0.0.9" } }),
    /Lockstep is 0\.0\.9 there and \d/,
  ],
  ["another form", () => ({ jobs: 5 }), /cannot take part: it is of another version of Lockstep/],
  [
    "other candles",
    ({ data, ...search }) => ({
      ...search,
      data: { ...data, candles: { ...data.candles, fingerprint: "ab".repeat(32) } },
    }),
    /sample_candles_1h\.csv\.gz from 2022-\S+ to 2022-\S+ \(300 of 1h, fingerprint abababab\) is not here\. \S+ has other candles \(300 of 1h, fingerprint [0-9a-f]{8}\)/,
  ],
  [
    "candles that are nowhere",
    ({ data, ...search }) => ({
      ...search,
      data: { ...data, candles: { ...data.candles, named: "okx BTC/USDT 1h" } },
    }),
    /okx BTC\/USDT 1h from .* is not here\. No candles of okx BTC\/USDT 1h are stored, nor finer ones\. The archive is empty/,
  ],
];

Deno.test("a worker takes no part in what is not its engine's or whose candles it lacks, and says why", () =>
  inTempFolder((archive) =>
    withDatabase(async (database) => {
      const queue = await openBullQueue(await openPostgresServer(database));
      const running = startCommand(["worker", "--workers", "1"], { database, archive });
      try {
        const shared = [];
        for (const [i, [, change]] of WRONG.entries()) {
          const text = JSON.stringify(change(await search()));
          shared.push(await queue.share(`wrong-${i}`, text));
        }
        for (const [i, one] of shared.entries()) {
          await one.add([{ job: 0, data: "[[5,20]]" }]);
          const heard: string[] = [], [wrong, , said] = WRONG[i];
          await eventually(`what is said of ${wrong}`, async () => {
            heard.push(...await one.heard());
            return heard.length > 0;
          });
          assert.match(heard.join("\n"), said);
        }
        // One that is right is done, and it is the only one.
        const right = await queue.share("right", writeSearch(await search()));
        await right.add([{ job: 0, data: "[[5,20]]" }]);
        await eventually("the right one", async () => (await right.finished()).length === 1);
        for (const one of shared) assert.deepEqual(await one.finished(), []);
        for (const one of [...shared, right]) {
          await one.remove();
          await one.close();
        }
      } finally {
        await running.signal("SIGTERM");
        const { code, err } = await running.ended;
        assert.equal(code, 0, err);
        assert.doesNotMatch(err, /\n +at |Uncaught/);
        await queue.close();
      }
    })
  ));

const SWEEP = [
  "sweep",
  "strategies/sma_cross.ts",
  "--candles",
  SAMPLE,
  "--params",
  '{"fast":"5..9"}',
];

const REFUSED: readonly [args: string[], said: RegExp][] = [
  [["worker", "--workers", "0"], /It must be a whole number of 1 or more/],
  [["worker", "strategies/sma_cross.ts"], /too many arguments/],
  [
    [...SWEEP, "--distributed", "--workers", "2"],
    /--workers is of one machine: with --distributed/,
  ],
];

for (const [args, said] of REFUSED) {
  Deno.test(`refused: ${args.join(" ")}`, async () => {
    const { code, out, err } = await runCommand(args);
    assert.deepEqual([code, out], [1, ""]);
    assert.match(err, said);
    assert.doesNotMatch(err, /\bat .*\.ts/);
  });
}

Deno.test("who has no server to share work over is told so, and no password", async () => {
  const port = freePort(), redis = `redis://ann:secret@127.0.0.1:${port}`;
  for (const args of [["worker"], [...SWEEP, "--distributed"]]) {
    const { code, out, err } = await runCommand(args, { redis });
    assert.deepEqual([code, out], [1, ""]);
    const place = `Redis at 127\\.0\\.0\\.1:${port}`;
    assert.match(
      err,
      new RegExp(`^Cannot open the queue: ${place} cannot be reached \\(nothing`, "m"),
    );
    assert.doesNotMatch(err, /secret|\n +at |Uncaught/);
  }
});

Deno.test("a search that is alone says so; a worker with more processors than it has batches stays", () =>
  inTempFolder((trials) =>
    withDatabase(async (database) => {
      const search = () => startCommand([...SWEEP, "--distributed"], { database, trials });
      const alone = search();
      await eventually(
        "it says that it is alone",
        () => /^No worker takes part yet: start `deno task worker`/m.test(alone.noted()),
      );
      const worker = startCommand(["worker", "--workers", "2"], { database });
      for (const one of [alone, search()]) {
        const { code, out, err } = await inTime("its end", one.ended);
        assert.equal(code, 0, err);
        assert.match(out, /^The 5 best of 5 sets/);
      }
      await worker.signal("SIGTERM");
      const { code, err } = await worker.ended;
      assert.equal(code, 0, err);
      assert.equal(err.match(/is (?:through|left): 1 batches were done here/g)?.length, 2, err);
      assert.doesNotMatch(err, /\n +at |Uncaught/);
    })
  ));
