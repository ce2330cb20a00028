/** Indicators evaluated on candles and on danfo frames, there and back without loss. */
import assert from "node:assert/strict";
import { candlesFromFrame, candlesToFrame } from "../../engine/market/frame.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { evaluate } from "../../engine/research/evaluate.ts";
import { close, high, low, param } from "../../engine/series/expression.ts";
import { ema } from "../../engine/series/operators/averages/ema.ts";
import { on } from "../../engine/series/operators/candles/on.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { indicator } from "../../engine/series/operators/technicalindicators/indicator.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { assertSameBits } from "../laws/same_bits.ts";

/** More than two chunks. */
const CANDLES = madeCandles({ rows: 9_000, seed: 83 });

Deno.test("values over candles are those of a formula written out", () => {
  const range = evaluate(high.minus(low), CANDLES), truths = evaluate(close.above(100), CANDLES);
  CANDLES.rows().forEach(({ high, low, close }, i) => {
    assert.equal(range[i], high - low);
    assert.equal(truths[i], Number(close > 100));
  });
  let average = NaN, seed = 0;
  const found = ema(close, 12).on(CANDLES);
  CANDLES.close.forEach((price, i) => {
    if (i < 12) seed += price / 12;
    average = i === 11 ? seed : average + (price - average) * 2 / 13;
    if (i < 11) assert(Number.isNaN(found[i]));
    else assert(Math.abs(found[i] - average) < 1e-9);
  });
});

Deno.test("an indicator on a frame is that on its candles, and goes into the frame and out again", async () => {
  const frame = await candlesToFrame(CANDLES);
  const expressions = {
    ema: ema(close, 12),
    hourly: on("1h", sma(close, 5)),
    adx: indicator("ADX").adx,
    doji: indicator("doji"),
  };
  for (const [name, expression] of Object.entries(expressions)) {
    frame.addColumn(name, expression.on(frame), { inplace: true });
  }
  assert.equal(frame.shape[1], 8 + 4);
  for (const [name, expression] of Object.entries(expressions)) {
    const column = Float64Array.from(frame.column(name).values as (number | boolean)[], Number);
    assertSameBits(column, evaluate(expression, CANDLES), `${name} in the frame`);
  }
  const again = candlesFromFrame(frame);
  assert.deepEqual(again.rows(), CANDLES.rows());
  assert.deepEqual(ema(close, 12).on(again), ema(close, 12).on(CANDLES));
});

Deno.test("it is what a backtest sees", () => {
  const params = { fast: 3, slow: 9 }, quick = smaCross.series.quick.on(CANDLES, { params });
  const { signals } = backtest(smaCross, CANDLES, { params }), rows = [...CANDLES.time];
  assert(signals.length > 50);
  for (const { time, values } of signals.rows) {
    assert.equal(values.quick, quick[rows.indexOf(time)]);
  }
});

Deno.test("parameters need values, and a frame its columns", async () => {
  const window = sma(close, param("window")), frame = await candlesToFrame(CANDLES.slice(0, 30));
  assert.deepEqual(window.on(frame, { params: { window: 4 } }), sma(close, 4).on(frame));
  assert.throws(() => window.on(frame), {
    name: "InputError",
    message: /unknown parameter "window"/,
  });
  const part = frame.drop({ columns: ["high"] });
  assert.throws(() => sma(close, 4).on(part), { name: "InputError", message: /no column high/ });
  assert.equal(evaluate(close, CANDLES.slice(0, 0)).length, 0);
});
