import assert from "node:assert/strict";
import { expectedBestSharpe } from "../../../engine/research/overfitting/expected_best_sharpe.ts";
import { returnMatrix } from "../../../engine/research/overfitting/return_matrix.ts";

Deno.test("a column that ended in ruin keeps what it earned, and earns nothing behind it", () => {
  const whole = Float64Array.of(0.1, 0.2, -0.3, 0.4), ruined = Float64Array.of(0.5, -1);
  const { columns, periods } = returnMatrix([ruined, whole]);
  assert.equal(periods, 4);
  assert.deepEqual(columns.map((column) => [...column]), [[0.5, -1, 0, 0], [...whole]]);
  assert.throws(() => returnMatrix([]), /at least one strategy/);
});

Deno.test("of one trial, or hardly more, no ratio is to be expected, and of an unknown number none is known", () => {
  for (const trials of [0, 0.5, 1, 1.0001, 1.2]) assert.equal(expectedBestSharpe(trials, 1), 0);
  assert(expectedBestSharpe(2, 1) > 0);
  for (const trials of [NaN, -1]) assert(Number.isNaN(expectedBestSharpe(trials, 1)));
});
