import assert from "node:assert/strict";
import { close, open, volume } from "../../engine/series/expression.ts";
import { barsSince } from "../../engine/series/operators/events/bars_since.ts";
import { count } from "../../engine/series/operators/events/count.ts";
import { highestWhile, lowestWhile } from "../../engine/series/operators/events/extremes_while.ts";
import { firstIn } from "../../engine/series/operators/events/first_in.ts";
import { hold } from "../../engine/series/operators/events/hold.ts";
import { falling, rising } from "../../engine/series/operators/events/rising.ts";
import { valueWhen } from "../../engine/series/operators/events/value_when.ts";
import type { Expression } from "../../engine/series/expression.ts";
import { columnsOf, evaluate } from "./evaluate.ts";

const U = NaN;

/** The values of an expression over columns of 1, 0 and unknown as close and open, and any numbers as volume. */
const over = (expression: Expression, a: number[], b: number[] = [], c: number[] = []) => [
  ...evaluate(expression, columnsOf({ close: a, open: b, volume: c })),
];
const isA = close.equals(1), isB = open.equals(1);

Deno.test("barsSince counts from the row on which it was true; an unknown one is a row like others", () => {
  assert.deepEqual(over(barsSince(isA), [0, U, 1, 0, U, 0, 1, 1, 0]), [U, U, 0, 1, 2, 3, 0, 0, 1]);
});

Deno.test("valueWhen keeps the value of the last true row, an unknown value too", () => {
  const values = [9, 8, 7, 6, 5, U, 3];
  assert.deepEqual(
    over(valueWhen(isA, volume), [0, 1, 0, U, 1, 1, 0], [], values),
    [U, 8, 8, 8, 5, U, U],
  );
});

Deno.test("rising and falling compare with each of the rows before", () => {
  const x = [1, 2, 3, 3, 4, 2, 1, 5, U, 6, 7, 8];
  assert.deepEqual(over(rising(close, 2), x), [U, U, 1, 0, 1, 0, 0, 1, U, U, U, 1]);
  assert.deepEqual(over(falling(close, 2), x), [U, U, 0, 0, 0, 1, 1, 0, U, U, U, 0]);
  assert.deepEqual(over(rising(close), x), [U, 1, 1, 0, 1, 0, 0, 1, U, U, 1, 1]);
});

Deno.test("hold is set and reset; reset wins; unknown changes nothing", () => {
  const set = [0, 1, 0, U, 0, 1, 0, 1], reset = [0, 0, 0, 0, 1, 1, U, U];
  assert.deepEqual(over(hold(isA, isB), set, reset), [0, 1, 1, 1, 0, 0, 0, 1]);
});

Deno.test("count counts true rows of the window; unknown while one of them is", () => {
  assert.deepEqual(
    over(count(isA, 3), [1, 1, 0, 1, 1, 1, U, 1, 0, 1]),
    [U, U, 2, 2, 2, 3, U, U, U, 2],
  );
});

Deno.test("firstIn lets one through, then none for the rest of its rows", () => {
  assert.deepEqual(
    over(firstIn(isA, 3), [0, 1, 1, 1, 1, 0, 0, 0, 1, U, 1, 1]),
    [0, 1, 0, 0, 1, 0, 0, 0, 1, U, 0, 1],
  );
  assert.deepEqual(over(firstIn(isA, 1), [1, 1, 0, 1]), [1, 1, 0, 1]);
});

Deno.test("highestWhile and lowestWhile begin anew with each run of true rows and stay after it", () => {
  const on = [0, 1, 1, 0, 0, 1, U, 1, 0], x = [9, 2, 5, 8, 1, 3, 7, 4, 6];
  assert.deepEqual(over(highestWhile(isA, volume), on, [], x), [U, 2, 5, 5, 5, 3, 3, 4, 4]);
  assert.deepEqual(over(lowestWhile(isA, volume), on, [], x), [U, 2, 2, 2, 2, 3, 3, 3, 3]);
});
