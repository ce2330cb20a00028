import assert from "node:assert/strict";
import fc from "fast-check";
import { minimumTrackRecord } from "../../engine/metrics/minimum_track_record.ts";
import { normalQuantile } from "../../engine/metrics/normal_quantile.ts";
import { normalCdf } from "../../engine/metrics/normal_cdf.ts";
import { probabilisticSharpe } from "../../engine/metrics/probabilistic_sharpe.ts";
import { metricsSettings } from "../../engine/metrics/settings.ts";
import { sharpe } from "../../engine/metrics/sharpe.ts";
import { sharpeBounds } from "../../engine/metrics/sharpe_bounds.ts";
import { assertProperty } from "../support/property.ts";
import { agree } from "./made_performance.ts";
import { someReturns } from "./some_returns.ts";

/** Returns with skewness 0 and kurtosis 3, as if normal, and a Sharpe ratio of `ratio` a period. */
function asNormal(ratio: number): Float64Array {
  return Float64Array.from([-1, 1, 0, 0, 0, 0], (side) => 0.01 * (ratio + side * Math.sqrt(3)));
}

Deno.test("years of track record are those of Bailey and López de Prado", () => {
  // "A 2.73 years track record is required for an annualized Sharpe of 2 to be considered greater than 1
  // at a 95 % confidence level" with daily returns, 2.83 with weekly and 3.24 with monthly ones.
  for (const [periodsPerYear, years] of [[252, 2.73], [52, 2.83], [12, 3.24]]) {
    const settings = metricsSettings({ periodsPerYear, ddof: 0 });
    const returns = asNormal(2 / Math.sqrt(periodsPerYear));
    assert(agree(sharpe(returns, settings), 2));
    const periods = minimumTrackRecord(returns, settings, 1 / Math.sqrt(periodsPerYear));
    assert.equal((periods / periodsPerYear).toFixed(2), years.toFixed(2));
  }
});

Deno.test("no track record is long enough for a Sharpe ratio that is not above the benchmark", () => {
  const settings = metricsSettings({ ddof: 0 });
  assert.equal(minimumTrackRecord(asNormal(-0.1), settings), NaN);
  assert.equal(minimumTrackRecord(asNormal(0.1), settings, 0.1 + 1e-12), NaN);
  assert.equal(minimumTrackRecord(asNormal(0.1).subarray(0, 3), settings), NaN);
  assert.equal(minimumTrackRecord(new Float64Array(9), settings), NaN);
});

Deno.test("a record that is long enough is one whose chance reaches the confidence", () => {
  const confidences = fc.constantFrom(0.6, 0.8, 0.95, 0.99);
  assertProperty(
    fc.property(someReturns, confidences, (returns, confidence) => {
      const settings = metricsSettings({ confidence });
      const needed = minimumTrackRecord(returns, settings);
      const chance = probabilisticSharpe(returns, settings);
      if (Number.isNaN(needed)) return assert(!(chance > 0.5));
      assert.equal(returns.length >= needed, chance >= confidence);
      // Grown to that length, with the same moments, the record would have exactly this chance.
      const z = normalQuantile(chance) * Math.sqrt((needed - 1) / (returns.length - 1));
      assert(agree(normalCdf(z), confidence, 1e-9));
    }),
    300,
  );
});

Deno.test("the chance that the true ratio lies above a bound is what the confidence leaves it", () => {
  assertProperty(fc.property(someReturns, (returns) => {
    const settings = metricsSettings({ confidence: 0.9 }), year = Math.sqrt(365);
    const { low, high } = sharpeBounds(returns, settings), middle = sharpe(returns, settings);
    assert(low < middle && middle < high);
    assert(agree(probabilisticSharpe(returns, settings, low / year), 0.95, 1e-9));
    assert(agree(probabilisticSharpe(returns, settings, high / year), 0.05, 1e-9));
  }));
});

Deno.test("the bounds of too few returns are unknown", () => {
  assert.deepEqual(sharpeBounds(asNormal(0.1).subarray(0, 3), metricsSettings()), {
    low: NaN,
    high: NaN,
  });
});

Deno.test("the normal quantile undoes the distribution function, and has its ends", () => {
  for (const z of [-30, -8, -3, -1, -1e-3, 0, 1e-3, 0.5, 1, 3]) {
    assert(Math.abs(normalQuantile(normalCdf(z)) - z) <= 1e-12 * Math.max(1, Math.abs(z)), `${z}`);
  }
  assert.equal(normalQuantile(0), -Infinity);
  assert.equal(normalQuantile(1), Infinity);
  for (const none of [-0.1, 1.1, NaN]) assert.equal(normalQuantile(none), NaN);
});
