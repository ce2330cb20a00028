import assert from "node:assert/strict";
import { close, high, low, type Numeric } from "../../engine/series/expression.ts";
import { atr } from "../../engine/series/operators/volatility/atr.ts";
import { bollinger } from "../../engine/series/operators/volatility/bollinger.ts";
import { ema } from "../../engine/series/operators/averages/ema.ts";
import { macd } from "../../engine/series/operators/oscillators/macd.ts";
import { rsi } from "../../engine/series/operators/oscillators/rsi.ts";
import { trueRange } from "../../engine/series/operators/volatility/true_range.ts";
import { wilder } from "../../engine/series/operators/averages/wilder.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { columnsOf, evaluate, evaluateAll } from "./evaluate.ts";

const CANDLES = madeCandles({ rows: 1_500, seed: 31 });
const CLOSE = Array.from(CANDLES.close),
  HIGH = Array.from(CANDLES.high),
  LOW = Array.from(CANDLES.low);

/** Agreement to 1e-9 of the value, unknown on the same rows. */
function assertNear(found: Float64Array, expected: ArrayLike<number>, name = ""): void {
  assert.equal(found.length, expected.length);
  for (let i = 0; i < found.length; i++) {
    const off = Math.abs(found[i] - expected[i]);
    const near = off <= 1e-9 * Math.max(1, Math.abs(expected[i]));
    assert(
      near || Number.isNaN(found[i]) && Number.isNaN(expected[i]),
      `${name} row ${i}: ${found[i]}, ${expected[i]}`,
    );
  }
}

const average = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Exponential average as textbooks have it: the mean of the first rows, then a step towards each. */
function textbook(values: number[], window: number, weight: number): number[] {
  let value = NaN;
  return values.map((x, i) => {
    if (i === window - 1) value = average(values.slice(0, window));
    else if (i >= window) value += weight * (x - value);
    return value;
  });
}

const wilderOf = (values: number[], window: number) => textbook(values, window, 1 / window);
const emaOf = (values: number[], window: number) => textbook(values, window, 2 / (window + 1));

for (const window of [1, 2, 9, 200]) {
  Deno.test(`ema and wilder over ${window} rows follow the textbook`, () => {
    assertNear(evaluate(ema(close, window), CANDLES), emaOf(CLOSE, window), "ema");
    assertNear(evaluate(wilder(close, window), CANDLES), wilderOf(CLOSE, window), "wilder");
  });

  Deno.test(`rsi over ${window} rows is Wilder's 100 - 100 / (1 + up / down)`, () => {
    const changes = CLOSE.slice(1).map((value, i) => value - CLOSE[i]);
    const up = wilderOf(changes.map((change) => Math.max(change, 0)), window);
    const down = wilderOf(changes.map((change) => Math.max(-change, 0)), window);
    const expected = [
      NaN,
      ...up.map((rise, i) => {
        if (rise === 0 && down[i] === 0) return NaN;
        return 100 - 100 / (1 + rise / down[i]);
      }),
    ];
    assertNear(evaluate(rsi(close, window), CANDLES), expected);
  });
}

Deno.test("rsi is 100 while all rises, 0 while all falls, unknown while nothing has moved", () => {
  const rising = columnsOf({ close: [1, 2, 3, 4, 5] }),
    flat = columnsOf({ close: [3, 3, 3, 3, 3] });
  const falling = columnsOf({ close: [5, 4, 3, 2, 1] });
  assert.deepEqual([...evaluate(rsi(close, 2), rising)], [NaN, NaN, 100, 100, 100]);
  assert.deepEqual([...evaluate(rsi(close, 2), falling)], [NaN, NaN, 0, 0, 0]);
  assert.deepEqual([...evaluate(rsi(close, 2), flat)], [NaN, NaN, NaN, NaN, NaN]);
});

/** Both averages begin on the slow one's first row: the fast one is seeded with the rows before it. */
function macdOf(values: number[], fast: number, slow: number, signal: number) {
  const longer = Math.max(fast, slow), line = values.map(() => NaN);
  const of = (window: number) => emaOf(values.slice(longer - window), window);
  const quick = of(fast), steady = of(slow);
  for (let i = longer - 1; i < values.length; i++) {
    line[i] = quick[i - (longer - fast)] - steady[i - (longer - slow)];
  }
  const unknown = Array<number>(longer - 1).fill(NaN);
  const signals = [...unknown, ...emaOf(line.slice(longer - 1), signal)];
  return { line, signal: signals, histogram: line.map((value, i) => value - signals[i]) };
}

for (const [fast, slow, signal] of [[12, 26, 9], [3, 10, 1], [10, 3, 4], [5, 5, 5]]) {
  Deno.test(`macd ${fast}, ${slow}, ${signal} is the difference of two averages that start together`, () => {
    const found = evaluateAll({ ...macd(close, { fast, slow, signal }) }, CANDLES);
    const expected = macdOf(CLOSE, fast, slow, signal);
    assertNear(found.line, expected.line, "line");
    assertNear(found.signal, expected.signal, "signal");
    assertNear(found.histogram, expected.histogram, "histogram");
    const first = found.signal.findIndex((value) => value === value);
    assert.equal(first, Math.max(fast, slow) - 1 + signal - 1);
  });
}

/** The greatest of the three distances that Wilder names. */
const ranges = CLOSE.map((_, i) =>
  i === 0 ? NaN : Math.max(
    HIGH[i] - LOW[i],
    Math.abs(HIGH[i] - CLOSE[i - 1]),
    Math.abs(LOW[i] - CLOSE[i - 1]),
  )
);

Deno.test("trueRange and atr, the first of which is known at row 1 and at row `window`", () => {
  assertNear(evaluate(trueRange(), CANDLES), ranges, "trueRange");
  for (const window of [1, 14]) {
    const expected = [NaN, ...wilderOf(ranges.slice(1), window)];
    assertNear(evaluate(atr(window), CANDLES), expected, "atr");
  }
});

Deno.test("bollinger is the mean and so many population deviations on both sides", () => {
  const found = evaluateAll({ ...bollinger(close, 20, 2.5) }, CANDLES);
  const rows = CLOSE.map((_, i) => i < 19 ? undefined : CLOSE.slice(i - 19, i + 1));
  const middle = rows.map((values) => values ? average(values) : NaN);
  const reach = rows.map((values, i) =>
    values ? 2.5 * Math.sqrt(average(values.map((x) => (x - middle[i]) ** 2))) : NaN
  );
  assertNear(found.middle, middle, "middle");
  assertNear(found.upper, middle.map((value, i) => value + reach[i]), "upper");
  assertNear(found.lower, middle.map((value, i) => value - reach[i]), "lower");
});

/** What smoothing gives if the unknown rows are taken out, computed, and put back as unknown. */
function withoutUnknown(
  values: number[],
  compute: (known: number[]) => ArrayLike<number>,
): number[] {
  const known = values.filter(Number.isFinite), results = compute(known);
  let next = 0;
  return values.map((value) => Number.isFinite(value) ? results[next++] : NaN);
}

Deno.test("An unknown row is unknown, and the averages go on behind it as if it had not been", () => {
  const odd = CLOSE.slice(0, 300);
  for (const i of [0, 3, 4, 50, 51, 52, 200]) odd[i] = i === 51 ? Infinity : NaN;
  const candles = columnsOf({ close: odd });
  const check = (x: Numeric, compute: (known: number[]) => ArrayLike<number>) =>
    assertNear(evaluate(x, candles), withoutUnknown(odd, compute), x.op);
  check(ema(close, 9), (known) => emaOf(known, 9));
  check(wilder(close, 9), (known) => wilderOf(known, 9));
  check(
    macd(close, { fast: 3, slow: 8, signal: 4 }).signal,
    (known) => macdOf(known, 3, 8, 4).signal,
  );
});

Deno.test("rsi knows no change next to an unknown row, and goes on behind it", () => {
  const odd = CLOSE.slice(0, 200);
  odd[60] = NaN;
  const found = evaluate(rsi(close, 5), columnsOf({ close: odd }));
  const unknown = [...found.keys()].filter((i) => Number.isNaN(found[i]));
  assert.deepEqual(unknown, [0, 1, 2, 3, 4, 60, 61]);
});

Deno.test("trueRange is unknown where one of its prices is", () => {
  const prices = {
    high: [5, 6, NaN, 6, 6, 6],
    low: [4, 4, 4, NaN, 4, 4],
    close: [5, 5, 5, 5, NaN, 5],
  };
  const found = [...evaluate(trueRange(), columnsOf(prices))];
  assert.deepEqual(found, [NaN, 2, NaN, NaN, 2, NaN]);
  assert.deepEqual([...evaluate(high.minus(low), columnsOf(prices))], [1, 2, NaN, NaN, 2, 2]);
});
