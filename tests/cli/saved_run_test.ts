import assert from "node:assert/strict";
import { runBacktest } from "../../engine/cli/backtest_run.ts";
import { readSaved, runAgain, savedRun } from "../../engine/cli/saved_run.ts";
import { Candles } from "../../engine/market/candles.ts";
import { readCandlesCsv, writeCandlesCsv } from "../../engine/market/candles_csv.ts";
import type { Timeframe } from "../../engine/market/timeframe.ts";
import { backtest } from "../../engine/research/backtest.ts";
import smaCross from "../../strategies/sma_cross.ts";
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

Deno.test("funding rates of a file are charged as those given in code, and run again", () =>
  inTempFolder(async (folder) => {
    const candles = await readCandlesCsv(CANDLES), path = `${folder}/funding.csv`;
    const eight = 8 * 3_600_000, first = Math.ceil(candles.time[0] / eight);
    const last = Math.floor(candles.time[candles.length - 1] / eight);
    const rates = Array.from({ length: last - first + 1 }, (_, n) => {
      return { time: (first + n) * eight, rate: (n % 7 - 2) / 1e4 };
    });
    const lines = rates.toReversed().map(({ time, rate }) => `${time},8,${rate}`);
    await Deno.writeTextFile(
      path,
      ["calc_time,funding_interval_hours,last_funding_rate", ...lines].join("\n"),
    );
    const ran = await runBacktest("strategies/sma_cross.ts", CANDLES, {
      funding: path,
      archive: "",
    });
    const given = { time: rates.map(({ time }) => time), rate: rates.map(({ rate }) => rate) };
    const expected = backtest(smaCross, candles, { funding: given });
    assert(expected.funding !== 0);
    assert.deepEqual(ran.result.trades.rows, expected.trades.rows);
    const { settings: _, ...summary } = ran.result.summary();
    const run = savedRun(ran, { candles: CANDLES, funding: path, archive: "" });
    const saved = readSaved(toJson({ summary, run }), "result.json")!;
    const { result } = await runAgain(saved, "result.json", { archive: "" });
    assert.equal(result.funding, expected.funding);
    await Deno.writeTextFile(path, "time,rate\n2024-01-01,0.1 %");
    await assert.rejects(
      runBacktest("strategies/sma_cross.ts", CANDLES, { funding: path, archive: "" }),
      { name: "InputError", message: /line 2: "0\.1 %" is no rate, which is a fraction/ },
    );
  }));
