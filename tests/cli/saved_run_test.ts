import assert from "node:assert/strict";
import { runBacktest } from "../../engine/cli/backtest_run.ts";
import { readSaved, runAgain, savedRun } from "../../engine/cli/saved_run.ts";
import { Candles } from "../../engine/market/candles.ts";
import { readCandlesCsv, writeCandlesCsv } from "../../engine/market/candles_csv.ts";
import type { Timeframe } from "../../engine/market/timeframe.ts";
import { toJson } from "../../engine/metrics/to_json.ts";
import { inTempFolder } from "../support/temp_folder.ts";

const CANDLES = "data/sample_candles_1h.csv.gz";

for (const timeframe of ["1h", "4h"] as Timeframe[]) {
  Deno.test(`a saved result that decided by ${timeframe} is run again by it`, async () => {
    const ran = await runBacktest("strategies/sma_cross.ts", CANDLES, {
      params: { fast: 5, slow: 20 },
      timeframe,
      archive: "",
    });
    const { settings: _, ...summary } = ran.result.summary();
    const run = savedRun(ran, { candles: CANDLES, archive: "" });
    const saved = readSaved(toJson({ summary, run }), "result.json")!;
    const { result } = await runAgain(saved, "result.json", { archive: "" });
    assert.deepEqual([result.timeframe, result.candles.timeframe], [timeframe, "1h"]);
    assert(result.trades.length > 20);
    assert.deepEqual(result.trades.rows, ran.result.trades.rows);
  });
}

Deno.test("a saved result that read another market is run again with it", () =>
  inTempFolder(async (folder) => {
    const sample = await readCandlesCsv(CANDLES), path = `${folder}/eth.csv`;
    const rows = sample.rows().filter((_, i) => i % 997 !== 0);
    await writeCandlesCsv(
      path,
      Candles.fromRows("1h", rows.map((row) => ({ ...row, close: row.low }))),
    );
    const instrument = [`ETH/USDT=${path}`], strategy = "strategies/pairs_z_score.ts";
    const ran = await runBacktest(strategy, CANDLES, { instrument, archive: "" });
    assert(ran.result.trades.length > 20);
    const { settings: _, ...summary } = ran.result.summary();
    const run = savedRun(ran, { candles: CANDLES, instrument, archive: "" });
    const saved = readSaved(toJson({ summary, run }), "result.json")!;
    const { result } = await runAgain(saved, "result.json", { archive: "" });
    assert.deepEqual(result.trades.rows, ran.result.trades.rows);
    const refused = (options: { instrument?: string[] }, message: string | RegExp) =>
      assert.rejects(runBacktest(strategy, CANDLES, { ...options, archive: "" }), { message });
    await refused(
      {},
      "pairs_z_score reads the candles of ETH/USDT, too: say where they are, --instrument ETH/USDT=CANDLES",
    );
    await refused(
      { instrument: ["eth.csv"] },
      "--instrument eth.csv names no market: it is SYMBOL=CANDLES, such as ETH/USDT=eth.csv",
    );
    await refused(
      { instrument: [...instrument, `BTC/USD=${path}`] },
      /does not read the instrument "BTC\/USD"/,
    );
    await assert.rejects(
      runBacktest(strategy, "okx BTC/USDT 1h", { archive: folder }),
      /okx/,
    );
  }));
