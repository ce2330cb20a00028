import assert from "node:assert/strict";
import fc from "fast-check";
import { InputError } from "../../engine/market/errors.ts";
import { drawdowns } from "../../engine/metrics/drawdowns.ts";
import { martinRatio } from "../../engine/metrics/martin_ratio.ts";
import { maxDrawdown } from "../../engine/metrics/max_drawdown.ts";
import { recoveryFactor } from "../../engine/metrics/recovery_factor.ts";
import { exposureAdjustedReturn } from "../../engine/metrics/exposure_adjusted_return.ts";
import { ulcerIndex } from "../../engine/metrics/ulcer_index.ts";
import { assertProperty } from "../support/property.ts";
import { DAY, madePerformance, START } from "./made_performance.ts";
import { near } from "./some_returns.ts";

const curve = (equity: number[], initialBalance = 100) =>
  madePerformance({ equity, initialBalance, timeframe: "1d" });

Deno.test("drawdowns are listed with their dates, the deepest first", () => {
  const made = drawdowns(curve([90, 100, 200, 150, 100, 220, 220, 198]));
  const day = (number: number) => START + number * DAY;
  assert.deepEqual(made, [
    { start: day(3), valley: day(5), end: day(6), depth: -0.5, days: 3 },
    // From the initial balance, at the first row's open.
    { start: day(0), valley: day(1), end: day(2), depth: -0.1, days: 2 },
    // From the last day at the peak, and not yet made good.
    { start: day(7), valley: day(8), end: undefined, depth: -0.1, days: 1 },
  ]);
});

Deno.test("only as many are listed as are asked for, and of one depth the earlier is first", () => {
  const equity = [100, 90, 100, 80, 100, 90, 100, 70, 100, 80, 100, 95, 100, 90, 100];
  const depths = (count?: number) => drawdowns(curve(equity), count).map((fall) => fall.depth);
  assert.deepEqual(depths(), [-0.3, -0.2, -0.2, -0.1, -0.1]);
  assert.deepEqual(depths(1), [-0.3]);
  assert.equal(depths(99).length, 7);
  const [, first, second] = drawdowns(curve(equity));
  assert(first.start < second.start);
});

Deno.test("equity that never fell, and no equity, have no drawdowns", () => {
  assert.deepEqual(drawdowns(curve([100, 101, 101])), []);
  assert.deepEqual(drawdowns(curve([])), []);
});

Deno.test("a number of drawdowns that cannot be is refused", () => {
  for (const count of [0, 1.5, NaN]) {
    assert.throws(() => drawdowns(curve([1]), count), (error) => {
      assert(error instanceof InputError);
      assert.match(error.message, /count must be a whole number of 1 or more, not/);
      return true;
    });
  }
});

Deno.test("every row below its peak is in one drawdown, and the deepest is the maximal one", () => {
  const equity = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 40 });
  assertProperty(
    fc.property(equity, (values) => {
      const made = curve(values, 10), all = drawdowns(made, 99), times = made.rows.time;
      let peak = 10;
      values.forEach((value, row) => {
        peak = Math.max(peak, value);
        const around = all.filter(({ start, end }) =>
          start < times[row] && times[row] < (end ?? Infinity)
        );
        assert.equal(around.length, value < peak ? 1 : 0);
        if (value === peak) return;
        const lowest = values[times.indexOf(around[0].valley)];
        assert(lowest <= value && Math.abs(around[0].depth - (lowest - peak) / peak) < 1e-15);
      });
      const { depth, days } = maxDrawdown(made);
      assert.deepEqual([depth, days], all.length ? [all[0].depth, all[0].days] : [0, 0]);
    }),
    500,
  );
});

Deno.test("ulcer, Martin, recovery and growth for the time in the market, by hand", () => {
  near(ulcerIndex(100, Float64Array.of(90, 120, 60, 120)), Math.sqrt((0.01 + 0.25) / 4));
  assert.equal(ulcerIndex(100, Float64Array.of(100, 120)), 0);
  assert.equal(ulcerIndex(100, Float64Array.of()), NaN);
  assert.equal(martinRatio(0.5, 0.25, { riskFree: 0.25 }), 1);
  assert.equal(martinRatio(0.5, 0, { riskFree: 0 }), NaN);
  assert.equal(martinRatio(0.5, NaN, { riskFree: 0 }), NaN);
  assert.equal(recoveryFactor(0.5, -0.25), 2);
  assert.equal(recoveryFactor(-0.25, -0.5), -0.5);
  assert.equal(recoveryFactor(0.5, 0), NaN);
  assert.equal(exposureAdjustedReturn(0.25, 0.5), 0.5);
  assert.equal(exposureAdjustedReturn(0, 0), NaN);
});

Deno.test("the ulcer index is no deeper than the deepest drawdown, nor changed by the money's unit", () => {
  const equity = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 60 });
  assertProperty(fc.property(equity, (values) => {
    const ends = Float64Array.from(values), index = ulcerIndex(100, ends);
    assert(index <= -maxDrawdown(curve(values)).depth + 1e-15);
    assert.equal(ulcerIndex(800, ends.map((value) => 8 * value)), index);
  }));
});
