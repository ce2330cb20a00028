import assert from "node:assert/strict";
import { namedSeries } from "../../engine/charts/named_series.ts";
import { fitsPrices, placeSeries } from "../../engine/charts/place_series.ts";
import { Candles } from "../../engine/market/candles.ts";
import { backtest, type BacktestOptions } from "../../engine/research/backtest.ts";
import type { Result } from "../../engine/research/result.ts";
import { close, rsi, sma } from "../../engine/series/mod.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { waves } from "../research/waves.ts";
import { channel } from "./gallery.ts";

Deno.test("series that are drawn are those of the run, bit for bit, also behind a start and with decimals", () => {
  const made = madeCandles({ rows: 9_000, seed: 5 }), params = { window: 33 };
  // Candles that do not know their decimals, of a run that was told them: its sums are exact.
  const untold = new Candles("1m", made, undefined);
  const told = { start: made.time[4_321] };
  const cases = [[made, {}], [made, told], [untold, { decimals: 2 }], [made, { timeframe: "3m" }]];
  for (const [candles, options] of cases as [Candles, BacktestOptions][]) {
    const result = backtest(channel, candles, { params, ...options });
    const drawn = namedSeries(result);
    assert.deepEqual(drawn.map(({ name }) => name), Object.keys(channel.series));
    assert.ok(drawn.every(({ values }) => values.length === result.candles.length));
    assert.ok(result.signals.length > 100);
    const row = new Map(Array.from(result.candles.time, (time, i) => [time, i]));
    for (const { time, values } of result.signals) {
      for (const { name, values: column } of drawn) {
        assert.ok(Object.is(column[row.get(time)!], values[name]), `${name} at ${time}`);
      }
    }
    // Warm on the first row that is shown.
    if (options === told) assert.ok(drawn.every(({ values }) => !Number.isNaN(values[0])));
  }
});

/** Where the series of a strategy over candles at about `price` go. */
function placed(price: number) {
  const candles = waves(400), scale = price / 100;
  for (const column of ["open", "high", "low", "close"] as const) {
    candles[column].forEach((value, i) => candles[column][i] = value * scale);
  }
  const result: Result = backtest(
    strategy("shown", {}, {
      build: () => ({
        enterLong: close.above(sma(close, 9)),
        series: {
          average: sma(close, 30),
          strength: rsi(close, 14),
          half: rsi(close, 20),
          apart: close.minus(sma(close, 9)).over(close),
          rising: close.above(sma(close, 9)),
        },
      }),
    }),
    new Candles("1h", candles, undefined),
  );
  const names = (series: { name: string }[]) => series.map(({ name }) => name);
  const { overlays, bands, own } = placeSeries(result, {});
  return [names(overlays), names(bands), names(own)];
}

Deno.test("averages lie over the price, oscillators in panes, whatever the price is", () => {
  for (const price of [0.003, 1, 50, 64_000]) {
    assert.deepEqual(
      placed(price),
      [["average"], ["rising"], ["strength", "half", "apart"]],
      `${price}`,
    );
  }
});

Deno.test("what lies among the prices, but not near them, is no overlay", () => {
  const close = Float64Array.from({ length: 1000 }, (_, i) => 1 + i / 10),
    prices = { low: 1, high: 101 };
  assert.ok(!fitsPrices(close.map((_, i) => 50 + 5 * Math.sin(i)), prices, close));
  assert.ok(fitsPrices(close.map((price) => 1.05 * price - 1), prices, close));
  assert.ok(fitsPrices(close.map(() => NaN), prices, close)); // nothing to draw: no pane for it
});
