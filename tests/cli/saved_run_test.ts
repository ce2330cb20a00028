import assert from "node:assert/strict";
import { runBacktest } from "../../engine/cli/backtest_run.ts";
import { readSaved, runAgain, savedRun } from "../../engine/cli/saved_run.ts";
import type { Timeframe } from "../../engine/market/timeframe.ts";
import { toJson } from "../../engine/metrics/to_json.ts";

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
