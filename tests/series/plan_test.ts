import assert from "node:assert/strict";
import { Compiler } from "../../engine/series/compile.ts";
import { close, type Expression, param } from "../../engine/series/expression.ts";
import { bollinger } from "../../engine/series/operators/volatility/bollinger.ts";
import { crossesAbove } from "../../engine/series/operators/events/crosses.ts";
import { macd } from "../../engine/series/operators/oscillators/macd.ts";
import { on } from "../../engine/series/operators/candles/on.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { deviation } from "../../engine/series/operators/statistics/deviation.ts";
import { zScore } from "../../engine/series/operators/statistics/z_score.ts";
import { Plan } from "../../engine/series/plan.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { assertSameBits } from "../laws/same_bits.ts";
import { evaluateAll } from "./evaluate.ts";

/** The steps that expressions compile to, one word each. */
function steps(expressions: Expression[], parameters = {}): string[] {
  const compiler = new Compiler("1m", parameters);
  for (const expression of expressions) compiler.slot(expression);
  return compiler.program.steps.map((step) =>
    step.kind === "kernel" ? step.kernel.name : step.kind
  );
}

Deno.test("Equal expressions share one step, however they were written", () => {
  assert.deepEqual(steps([sma(close, 5), sma(close, 5)]), ["candle", "sma"]);
  assert.deepEqual(steps([sma(close, 5), sma(close, 6)]), ["candle", "sma", "sma"]);
  const window = param("window");
  const same = [sma(close, 5), sma(close, window), sma(close, window.times(2).minus(5))];
  assert.deepEqual(steps(same, { window: 5 }), ["candle", "sma"]);
  assert.deepEqual(steps([close.plus(2), close.plus(window.minus(3))], { window: 5 }), [
    "candle",
    "constant",
    "add",
  ]);
});

Deno.test("The outputs of an operator share its step; composites share what they are made of", () => {
  const { line, signal, histogram } = macd(close);
  assert.deepEqual(steps([line, signal, histogram]), ["candle", "macd"]);
  const score = ["candle", "sma", "subtract", "deviation", "divide"];
  assert.deepEqual(steps([zScore(close, 20), sma(close, 20), deviation(close, 20)]), score);
});

Deno.test("All that runs on one longer timeframe is one step, and shares within it", () => {
  const hourly = [on("1h", sma(close, 5)), on("1h", sma(close, 5)), on("1h", close)];
  assert.deepEqual(steps(hourly), ["longer"]);
  const compiler = new Compiler("1m", {});
  hourly.forEach((expression) => compiler.slot(expression));
  const [step] = compiler.program.steps;
  assert(step.kind === "longer");
  assert.equal(step.shown.length, 2);
  assert.deepEqual(step.program.steps.map(({ kind }) => kind), ["candle", "kernel"]);
});

Deno.test("Sharing changes no bit: together or apart", () => {
  const candles = madeCandles({ rows: 2_000, seed: 51 }), average = sma(close, 7);
  const all = {
    average,
    again: sma(close, 7),
    ...bollinger(close, 7),
    up: crossesAbove(close, average),
  };
  const together = evaluateAll(all, candles);
  for (const [name, expression] of Object.entries(all)) {
    const apart = evaluateAll({ expression }, candles).expression;
    assertSameBits(together[name as keyof typeof all], apart, name);
  }
});

Deno.test("Memory is flat: buffers, state and snapshot stay as they are however long the run", () => {
  const candles = madeCandles({ rows: 50_000, seed: 52 }), chunk = 1_000;
  const plan = new Plan({ x: sma(close, 300), y: on("1h", sma(close.times(2), 30)) }, {
    timeframe: "1m",
    decimals: 2,
    chunk,
  });
  const { size } = plan, buffers = [plan.column("x"), plan.column("y")];
  assert(buffers.every((buffer) => buffer.length <= 300 + 2 * chunk));
  for (let from = 0; from < candles.length; from += chunk) {
    plan.advance(candles, from, from + chunk);
  }
  assert.equal(plan.size, size);
  assert.equal(plan.column("x"), buffers[0]);
  assert.equal(plan.column("y"), buffers[1]);
  assert(size < 10 * (300 + 30 + 20), `a snapshot of ${size} doubles`);
});

Deno.test("A plan takes no more rows at once than it has room for", () => {
  const candles = madeCandles({ rows: 20 });
  const plan = new Plan({ close }, { timeframe: "1m", decimals: 2, chunk: 10 });
  assert.throws(() => plan.advance(candles, 0, 11), RangeError);
  plan.advance(candles, 0, 0);
  plan.advance(candles, 0, 10);
  assertSameBits(plan.read("close"), candles.close.slice(0, 10), "close");
});
