import assert from "node:assert/strict";
import { CandleBuilder } from "../../engine/market/candle_builder.ts";
import type { Candle } from "../../engine/market/candles.ts";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { resample } from "../../engine/market/resample.ts";
import { readTape } from "../../engine/market/tape.ts";
import { sharedPath, sharedTest } from "../support/shared.ts";

const TAPE = "data/trades_binance_all6_recv_order_20240808.csv.gz";

sharedTest("Binance's trades give Binance's own candles for every full minute", async () => {
  const builder = new CandleBuilder({ timeframe: "1m" }), built: Candle[] = [];
  const options = { market: "binance_um", symbol: "BTCUSDT" };
  for await (const rows of readTape(sharedPath(TAPE), options)) {
    for (const { trade } of rows) built.push(...builder.add(trade));
  }
  built.push(...builder.advance(Date.UTC(2024, 7, 9)));
  const file = sharedPath("data/candles_binance_um_btcusdt_1m_20240808.csv.gz");
  const full = await readCandlesCsv(file, {
    from: Date.UTC(2024, 7, 8, 23, 55),
    to: Date.UTC(2024, 7, 9),
  });
  assert.equal(full.length, 5);
  assert.equal(builder.late, 0);
  assert.deepEqual(built, full.rows());
});

sharedTest("Coinbase's seconds give Coinbase's own minutes, all of them", async () => {
  const read = (timeframe: string) =>
    readCandlesCsv(sharedPath(`data/candles_coinbase_btcusd_${timeframe}_201610.csv.gz`));
  const seconds = await read("1s"), minutes = await read("1m");
  assert.deepEqual([seconds.timeframe, minutes.timeframe], ["1s", "1m"]);
  const resampled = resample(seconds, "1m", { source: "sparse" });
  assert.equal(minutes.length, 4_216);
  assert.deepEqual(resampled.rows(), minutes.rows());
});
