import assert from "node:assert/strict";
import fc from "fast-check";
import { calmar } from "../../engine/metrics/calmar.ts";
import { deviation } from "../../engine/metrics/deviation.ts";
import { probabilisticSharpe } from "../../engine/metrics/probabilistic_sharpe.ts";
import { metricsSettings } from "../../engine/metrics/settings.ts";
import { sharpe } from "../../engine/metrics/sharpe.ts";
import { sortino } from "../../engine/metrics/sortino.ts";
import { volatility } from "../../engine/metrics/volatility.ts";
import { assertProperty } from "../support/property.ts";
import { agree } from "./made_performance.ts";

const settings = metricsSettings();
const RETURNS = Float64Array.of(0.01, -0.02, 0.03, 0.02); // mean 0.01, Σ(r − mean)² = 0.0014

function near(actual: number, expected: number) {
  assert(agree(actual, expected), `${actual} is not ${expected}`);
}

Deno.test("the deviation divides by n - ddof", () => {
  near(deviation(RETURNS, 1), Math.sqrt(0.0014 / 3));
  near(deviation(RETURNS, 0), Math.sqrt(0.0014 / 4));
  assert.equal(deviation([1, 2], 2), NaN);
  assert.equal(deviation([1], 0), NaN);
  assert.equal(deviation([], 0), NaN);
});

Deno.test("ratios of four returns, by hand", () => {
  near(volatility(RETURNS, settings), Math.sqrt(0.0014 / 3 * 365));
  near(sharpe(RETURNS, settings), 0.01 / Math.sqrt(0.0014 / 3) * Math.sqrt(365));
  near(sortino(RETURNS, settings), 0.01 / Math.sqrt(0.0004 / 4) * Math.sqrt(365)); // = √365
});

Deno.test("every setting reaches the ratios", () => {
  const set = metricsSettings({ periodsPerYear: 4, ddof: 0, riskFree: 1.01 ** 4 - 1 });
  near(volatility(RETURNS, set), 2 * Math.sqrt(0.0014 / 4));
  assert(Math.abs(sharpe(RETURNS, set)) < 1e-12); // the mean is 1 % a period, as is the risk-free
  const half = metricsSettings({ periodsPerYear: 4, riskFree: 1.005 ** 4 - 1 });
  near(sharpe(RETURNS, half), 2 * 0.005 / Math.sqrt(0.0014 / 3));
  near(sortino(RETURNS, half), 2 * 0.005 / Math.sqrt(0.025 ** 2 / 4));
});

Deno.test("ratios of too few returns are unknown", () => {
  for (const few of [Float64Array.of(), Float64Array.of(-0.01)]) {
    for (const ratio of [sharpe, sortino, volatility, probabilisticSharpe]) {
      assert.equal(ratio(few, settings), NaN);
    }
  }
  assert.equal(probabilisticSharpe(RETURNS.subarray(0, 3), settings), NaN);
  assert(probabilisticSharpe(RETURNS, settings) > 0.5);
});

Deno.test("ratios to a spread of nothing are unknown, not huge", () => {
  const steady = Float64Array.from({ length: 100 }, (_, i) => (1.001 ** (i + 1)) / 1.001 ** i - 1);
  assert(new Set(steady).size > 1, "the returns should differ in their last bits");
  for (const returns of [new Float64Array(10), steady, steady.map((r) => -r)]) {
    assert.equal(sharpe(returns, settings), NaN);
    assert.equal(probabilisticSharpe(returns, settings), NaN);
  }
  assert.equal(volatility(new Float64Array(10), settings), 0);
});

Deno.test("without a losing period the Sortino ratio is unknown", () => {
  assert.equal(sortino(Float64Array.of(0, 0.01, 0.02), settings), NaN);
});

Deno.test("Calmar is growth over depth, and unknown without a drawdown", () => {
  assert.equal(calmar(0.5, -0.25), 2);
  assert.equal(calmar(-0.5, -1), -0.5);
  assert.equal(calmar(0.5, 0), NaN);
  assert.equal(calmar(NaN, -0.5), NaN);
  assert.equal(calmar(0.5, NaN), NaN);
});

const returns = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 4, maxLength: 60 })
  .filter((ticks) => new Set(ticks).size > 1)
  .map((ticks) => Float64Array.from(ticks, (tick) => tick / 10_000));

Deno.test("turning every return round turns the Sharpe ratio and its probability round", () => {
  assertProperty(fc.property(returns, (r) => {
    const against = r.map((value) => -value);
    near(sharpe(against, settings), -sharpe(r, settings));
    const sum = probabilisticSharpe(r, settings) + probabilisticSharpe(against, settings);
    assert(Math.abs(sum - 1) < 1e-12, `${sum} is not 1`);
  }));
});

Deno.test("the Sharpe ratio is likelier to lie above a lower benchmark", () => {
  assertProperty(fc.property(returns, (r) => {
    const [low, high] = [-0.1, 0.1].map((sr0) => probabilisticSharpe(r, settings, sr0));
    assert(low >= high && low <= 1 && high >= 0);
  }));
});
