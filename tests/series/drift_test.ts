import assert from "node:assert/strict";
import { seededRandom } from "../../data/random.ts";
import { volume } from "../../engine/series/expression.ts";
import { sum } from "../../engine/series/operators/statistics/sum.ts";
import { columnsOf, evaluate } from "./evaluate.ts";
import { nearestOfUnits, wholeUnits } from "./rational.ts";

const ROWS = 1_000_000, WINDOW = 50;

/** A computed column with a spike now and then, which leaves its rounding in a naive running sum. */
function spiky(): Float64Array {
  const random = seededRandom(8);
  return Float64Array.from({ length: ROWS }, () => (random() - 0.4) * (random() < 1e-4 ? 1e12 : 3));
}

Deno.test("Sums over a computed column do not drift in a million rows, where naive ones do", () => {
  const values = spiky(), found = evaluate(sum(volume, WINDOW), columnsOf({ volume: values }));
  const units = Array.from(values, wholeUnits);
  let exact = 0n, naive = 0, worst = 0, worstNaive = 0;
  for (let i = 0; i < ROWS; i++) {
    exact += units[i] - (units[i - WINDOW] ?? 0n);
    naive += values[i] - (values[i - WINDOW] ?? 0);
    if (i < WINDOW - 1 || i % 101 !== 0) continue;
    const expected = nearestOfUnits(exact, 1n), size = Math.max(1, Math.abs(expected));
    worst = Math.max(worst, Math.abs(found[i] - expected) / size);
    worstNaive = Math.max(worstNaive, Math.abs(naive - expected) / size);
  }
  assert(worst <= 2 ** -52, `off by ${worst}`);
  assert(worstNaive > 1e-6, `a naive sum is off by no more than ${worstNaive}`);
});

Deno.test("Sums do not depend on where the run started, once a refresh has passed", () => {
  const values = spiky().subarray(0, 6_000), all = columnsOf({ volume: values });
  const whole = evaluate(sum(volume, WINDOW), all);
  for (const start of [1, 500, 1_023, 1_024, 3_000]) {
    const late = evaluate(sum(volume, WINDOW), all.slice(start, 6_000));
    const refreshed = Math.ceil((start + WINDOW) / 1_024) * 1_024;
    for (let i = refreshed; i < 6_000; i++) assert.equal(late[i - start], whole[i], `row ${i}`);
  }
});
