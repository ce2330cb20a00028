import assert from "node:assert/strict";
import { close, type Expression, open, param } from "../../engine/series/expression.ts";
import { abs } from "../../engine/series/operators/math/abs.ts";
import { clamp } from "../../engine/series/operators/math/clamp.ts";
import { exp } from "../../engine/series/operators/math/exp.ts";
import { max, min } from "../../engine/series/operators/math/extremes_of_two.ts";
import { log } from "../../engine/series/operators/math/log.ts";
import { floor, round } from "../../engine/series/operators/math/rounding.ts";
import { sign } from "../../engine/series/operators/math/sign.ts";
import { sqrt } from "../../engine/series/operators/math/sqrt.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { columnsOf, evaluate } from "./evaluate.ts";

const U = NaN;

const over = (expression: Expression, a: number[], b: number[] = []) => [
  ...evaluate(expression, columnsOf({ close: a, open: b })),
];

Deno.test("Functions of one number; where there is no answer it is unknown", () => {
  const x = [4, 0, -0, -2.5, 2.5, 0.49, U];
  assert.deepEqual(over(abs(close), x), [4, 0, 0, 2.5, 2.5, 0.49, U]);
  assert.deepEqual(over(sign(close), x), [1, 0, 0, -1, 1, 1, U]);
  assert.deepEqual(over(sqrt(close), x), [2, 0, 0, U, Math.sqrt(2.5), 0.7, U]);
  assert.deepEqual(over(round(close), x), [4, 0, 0, -3, 3, 0, U]);
  assert.deepEqual(over(floor(close), x), [4, 0, 0, -3, 2, 0, U]);
  assert.deepEqual(over(log(close), [1, 0, -1, U]), [0, U, U, U]);
  assert.deepEqual(over(exp(close), [0, 710, -750, U]), [1, Infinity, 0, U]);
});

Deno.test("The lesser and the greater of two; unknown if one is", () => {
  const a = [1, 5, 2, U, 3], b = [3, 3, 2, 1, U];
  assert.deepEqual(over(min(close, open), a, b), [1, 3, 2, U, U]);
  assert.deepEqual(over(max(close, open), a, b), [3, 5, 2, U, U]);
  assert.deepEqual(over(clamp(close, -1, open), [-5, 0, 9, U], [2, 2, 2, 2]), [-1, 0, 2, U]);
});

Deno.test("They work on parameters, so that windows may be computed", () => {
  const half = sma(close, floor(param("n").over(2)).plus(1));
  const candles = columnsOf({ close: [1, 2, 3, 4] });
  assert.deepEqual([...evaluate(half, candles, { n: 3 })], [U, 1.5, 2.5, 3.5]);
});
