import assert from "node:assert/strict";
import { readCandlesCsv } from "../../../engine/market/candles_csv.ts";
import { backtest } from "../../../engine/research/backtest.ts";
import { knowTrialsBy } from "../../../engine/research/known_trials.ts";
import { judgeSearch } from "../../../engine/research/overfitting/judge_search.ts";
import { promote, type PromoteOptions } from "../../../engine/research/promote.ts";
import type { Result } from "../../../engine/research/result.ts";
import { sweep } from "../../../engine/search/sweep.ts";
import { trialsBefore } from "../../../engine/search/trials/trials_before.ts";
import { sqliteLedger } from "../../../engine/storage/trials/sqlite_ledger.ts";
import { triedBefore } from "../../../engine/storage/trials/tried_before.ts";
import { loadConfig } from "../../../engine/strategy/load.ts";
import cross from "../../../strategies/sma_cross.ts";
import { runProcess } from "../../support/limited_process.ts";
import { inTempFolder } from "../../support/temp_folder.ts";

const CANDLES = await readCandlesCsv("data/sample_candles_1h.csv.gz");
const MARKET = { exchange: "binance", symbol: "BTC/USDT" };

/** Runs `use` with what is in the receipt of a promoted result, by a ledger of its own. */
const withReceipts = (
  use: (
    file: string,
    receiptOf: (result: Result, options?: Partial<PromoteOptions>) => [number, number?],
  ) => Promise<void>,
) =>
  inTempFolder(async (folder) => {
    const file = `${folder}/trials.sqlite`;
    let name = 0;
    knowTrialsBy((result) => trialsBefore(result, triedBefore(file)));
    try {
      await use(file, (result, options) => {
        const path = promote(result, {
          ...{ name: `b${++name}`, market: MARKET, folder },
          ...options,
        });
        const { receipt } = loadConfig(Deno.readTextFileSync(path), path).config;
        return receipt!.independentTrials === undefined
          ? [receipt!.trials]
          : [receipt!.trials, receipt!.independentTrials];
      });
    } finally {
      knowTrialsBy(({ trials }) => ({ trials }));
    }
  });

Deno.test("the receipt of a plain backtest has what searches tried over its market and span", () =>
  withReceipts(async (file, receiptOf) => {
    const ledger = sqliteLedger(file), params = { fast: 6, slow: 30 };
    const run = (values: Record<string, number>, candles = CANDLES) =>
      backtest(cross, candles, { params: values });
    assert.deepEqual(receiptOf(run(params)), [1]);
    assert.deepEqual([...Deno.readDirSync(file.replace(/[^/]+$/, ""))].map((it) => it.name), [
      "b1.json",
    ]);
    const found = await sweep(cross, CANDLES, { fast: "5..8", slow: "20..40" }, { ledger });
    // Nobody judged it: as how many independent ones they count is not known.
    assert.deepEqual(receiptOf(run(params)), [84]);
    const { independent } = judgeSearch(found);
    await new Promise((resolve) => setTimeout(resolve)); // the ledger notes it meanwhile
    const written = Math.round(100 * independent) / 100;
    assert.deepEqual(receiptOf(run(params)), [84, written]);
    assert.deepEqual(receiptOf(found.result()), [84, written]);
    // One more than those that were searched for, and what somebody knows of besides.
    assert.deepEqual(receiptOf(run({ fast: 9, slow: 41 })), [85, written + 1]);
    assert.deepEqual(receiptOf(run(params), { trials: 300 }), [300]);
    assert.deepEqual(receiptOf(run(params), { trials: 3 }), [84, written]);
    // A window of a walk forward begins with what the one before it left.
    const account = { balance: 12_345.67 };
    assert.deepEqual(receiptOf(backtest(cross, CANDLES, { params, account })), [84, written]);
    // Half of the candles overlap; another market's do not.
    assert.equal(receiptOf(run(params, CANDLES.slice(0, 3_000)))[0], 84);
    const early = CANDLES.slice(0, 2_000), late = CANDLES.slice(2_000, CANDLES.length);
    await sweep(cross, early, { fast: [50], slow: [80, 90] }, { ledger });
    assert.equal(receiptOf(run(params, late))[0], 84);
    assert.equal(receiptOf(run(params, early))[0], 86);
  }));

Deno.test("what notebooks import has promote look into the ledger", () =>
  inTempFolder(async (folder) => {
    const ledger = sqliteLedger(`${folder}/trials.sqlite`);
    await sweep(cross, CANDLES, { fast: "5..8", slow: "20..40" }, { ledger });
    const url = (path: string) => JSON.stringify(new URL(`../../../${path}`, import.meta.url).href);
    const program = `
      import { backtest, promote, readCandlesCsv } from ${url("engine/mod.ts")};
      import cross from ${url("strategies/sma_cross.ts")};
      const candles = await readCandlesCsv("data/sample_candles_1h.csv.gz");
      const result = backtest(cross, candles, { params: { fast: 6, slow: 30 } });
      const market = { exchange: "binance", symbol: "BTC/USDT" };
      promote(result, { name: "told", market, folder: ${JSON.stringify(folder)} });`;
    await Deno.writeTextFile(`${folder}/program.ts`, program);
    const files = ["told.json", "told.json.part"].map((name) => `${folder}/${name}`);
    const run = async (...more: string[]) => {
      const ran = await runProcess("deno", {
        args: [
          ...["run", "--quiet", "--no-prompt", "--no-check", "--config=deno.json", "--frozen"],
          ...["--lock=deno.lock", "--allow-env", "--allow-read", `--allow-write=${files}`, ...more],
          `${folder}/program.ts`,
        ],
        env: { NO_COLOR: "1", LOCKSTEP_TRIALS: folder },
      });
      assert.equal(ran.code, 0, ran.err);
      return JSON.parse(await Deno.readTextFile(files[0])).receipt.trials;
    };
    assert.equal(await run(), 84);
    // Without leave to look at the ledger it goes by the result alone.
    assert.equal(await run(`--deny-read=${folder}/trials.sqlite`), 1);
  }));
