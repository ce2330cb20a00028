import assert from "node:assert/strict";
import fc from "fast-check";
import { maxDrawdown } from "../../engine/metrics/max_drawdown.ts";
import { assertProperty } from "../support/property.ts";
import { madePerformance } from "./made_performance.ts";

const drawdown = (equity: number[], initialBalance = 100) =>
  maxDrawdown(madePerformance({ equity, initialBalance, timeframe: "1d" }));

Deno.test("the drawdown is measured from the running peak, until equity is back at it", () => {
  assert.deepEqual(drawdown([200, 150, 190, 200, 240, 239]), { depth: -0.25, days: 3 });
});

Deno.test("the first peak is the initial balance, at the open of the first row", () => {
  assert.deepEqual(drawdown([50, 75, 100]), { depth: -0.5, days: 3 });
});

Deno.test("a drawdown that is not made good lasts to the last row", () => {
  assert.deepEqual(drawdown([100, 200, 100, 150]), { depth: -0.5, days: 2 });
});

Deno.test("a held peak counts from its last row", () => {
  assert.deepEqual(drawdown([200, 200, 200, 100, 200]), { depth: -0.5, days: 2 });
});

Deno.test("the length is that of the deepest drawdown, not of the longest", () => {
  assert.deepEqual(drawdown([90, 90, 90, 100, 50, 120, 90, 120]), { depth: -0.5, days: 2 });
});

Deno.test("of two drawdowns of one depth the first is given", () => {
  assert.deepEqual(drawdown([50, 50, 100, 50, 100]), { depth: -0.5, days: 3 });
});

Deno.test("equity that never fell has a drawdown of 0, and lost equity one of -1", () => {
  assert.deepEqual(drawdown([100, 100, 110]), { depth: 0, days: 0 });
  assert.deepEqual(drawdown([200, 0]), { depth: -1, days: 1 });
});

Deno.test("the drawdown of no rows and of unknown equity is unknown", () => {
  assert.deepEqual(drawdown([]), { depth: NaN, days: NaN });
  assert.deepEqual(drawdown([100, NaN, 120]), { depth: NaN, days: NaN });
  assert.deepEqual(drawdown([NaN, 100]), { depth: NaN, days: NaN });
});

Deno.test("the drawdown is the worst fall from the highest row so far", () => {
  const equity = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 40 });
  assertProperty(
    fc.property(equity, (values) => {
      const all = [10, ...values], expected = { depth: 0, days: 0 };
      all.forEach((value, low) => {
        const before = all.slice(0, low + 1), peak = before.lastIndexOf(Math.max(...before));
        const depth = (value - all[peak]) / all[peak];
        if (depth >= expected.depth) return;
        const back = all.findIndex((later, i) => i > low && later >= all[peak]);
        Object.assign(expected, { depth, days: (back < 0 ? all.length - 1 : back) - peak });
      });
      assert.deepEqual(drawdown(values, 10), expected);
      assert(expected.depth > -1 && expected.depth <= 0);
    }),
    500,
  );
});
