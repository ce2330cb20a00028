import assert from "node:assert/strict";
import fc from "fast-check";
import { bestPeriod } from "../../engine/metrics/best_period.ts";
import { downsideDeviation } from "../../engine/metrics/downside_deviation.ts";
import { gainToPain } from "../../engine/metrics/gain_to_pain.ts";
import { mean } from "../../engine/metrics/mean.ts";
import { omega } from "../../engine/metrics/omega.ts";
import { metricsSettings, riskFreePerPeriod } from "../../engine/metrics/settings.ts";
import { sortino } from "../../engine/metrics/sortino.ts";
import { stability } from "../../engine/metrics/stability.ts";
import { winningPeriods } from "../../engine/metrics/winning_periods.ts";
import { worstPeriod } from "../../engine/metrics/worst_period.ts";
import { assertProperty } from "../support/property.ts";
import { agree } from "./made_performance.ts";
import { near, someReturns } from "./some_returns.ts";

const settings = metricsSettings();
const RETURNS = Float64Array.of(0.01, -0.02, 0.03, 0, -0.01);

Deno.test("gains, losses and extremes of five returns, by hand", () => {
  near(omega(RETURNS, settings), 4 / 3);
  near(gainToPain(RETURNS), 1 / 3);
  near(downsideDeviation(RETURNS, settings), Math.sqrt(0.0005 / 5 * 365));
  assert.equal(winningPeriods(RETURNS), 0.5); // of the four that moved
  assert.equal(bestPeriod(RETURNS), 0.03);
  assert.equal(worstPeriod(RETURNS), -0.02);
  const set = metricsSettings({ periodsPerYear: 4, riskFree: 1.01 ** 4 - 1 });
  near(omega(RETURNS, set), 2 / 6);
  near(downsideDeviation(RETURNS, set), 2 * Math.sqrt(0.0014 / 5));
});

Deno.test("what none or one return, or none that fell short, say is unknown", () => {
  const up = Float64Array.of(0, 0.01, 0.02);
  for (const few of [new Float64Array(), Float64Array.of(-0.01), up]) {
    assert.equal(omega(few, settings), NaN);
    assert.equal(gainToPain(few), NaN);
  }
  assert.equal(downsideDeviation(up, settings), 0);
  assert.equal(downsideDeviation(Float64Array.of(-0.01), settings), NaN);
  for (const metric of [winningPeriods, bestPeriod, worstPeriod, stability]) {
    assert.equal(metric(new Float64Array()), NaN);
  }
  assert.equal(winningPeriods(new Float64Array(3)), NaN);
});

Deno.test("growth at a steady rate is stable, and so is a steady fall", () => {
  near(stability(new Float64Array(50).fill(0.01)), 1);
  near(stability(new Float64Array(50).fill(-0.01)), 1);
  // Logarithms of 1, 2, 1 rise and fall alike.
  assert(stability(Float64Array.of(0, 1, -0.5)) < 1e-15);
  assert.equal(stability(new Float64Array(9)), NaN);
  assert.equal(stability(Float64Array.of(0.1, -1)), NaN);
});

Deno.test("omega is 1 plus the mean excess over the mean shortfall, above 1 where that is gained", () => {
  const rates = fc.double({ min: 0, max: 1, noNaN: true });
  assertProperty(fc.property(someReturns, rates, (returns, riskFree) => {
    const set = metricsSettings({ riskFree }), free = riskFreePerPeriod(set);
    const shortfall = mean(returns.map((value) => Math.max(free - value, 0)));
    const ratio = omega(returns, set), excess = mean(returns) - free;
    if (shortfall === 0) return assert.equal(ratio, NaN);
    assert(Math.abs(ratio - (1 + excess / shortfall)) < 1e-9 * Math.max(1, ratio));
    if (Math.abs(excess) > 1e-12) assert.equal(ratio > 1, excess > 0);
    assert(agree(gainToPain(returns), omega(returns, settings) - 1));
  }));
});

Deno.test("Sortino is the yearly excess over the downside deviation", () => {
  assertProperty(fc.property(someReturns, (returns) => {
    const set = metricsSettings({ riskFree: 0.03 }), downside = downsideDeviation(returns, set);
    if (downside === 0) return assert.equal(sortino(returns, set), NaN);
    const excess = (mean(returns) - riskFreePerPeriod(set)) * 365;
    assert(Math.abs(sortino(returns, set) - excess / downside) < 1e-9);
  }));
});
