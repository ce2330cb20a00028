import assert from "node:assert/strict";
import fc from "fast-check";
import { commonSenseRatio } from "../../engine/metrics/common_sense_ratio.ts";
import { conditionalValueAtRisk } from "../../engine/metrics/conditional_value_at_risk.ts";
import { excessKurtosis } from "../../engine/metrics/excess_kurtosis.ts";
import { gaussianValueAtRisk } from "../../engine/metrics/gaussian_value_at_risk.ts";
import { quantile } from "../../engine/metrics/quantile.ts";
import { metricsSettings } from "../../engine/metrics/settings.ts";
import { skewness } from "../../engine/metrics/skewness.ts";
import { tailRatio } from "../../engine/metrics/tail_ratio.ts";
import { valueAtRisk } from "../../engine/metrics/value_at_risk.ts";
import { assertProperty } from "../support/property.ts";
import { agree } from "./made_performance.ts";
import { near, someReturns } from "./some_returns.ts";

const settings = metricsSettings();
/** −10 % … +10 % in steps of 1 %, out of order. */
const LADDER = Float64Array.from({ length: 21 }, (_, i) => (i * 8 % 21 - 10) / 100);

Deno.test("a quantile is interpolated between the two nearest values", () => {
  assert.equal(quantile([3, 1, 2], 0), 1);
  assert.equal(quantile([3, 1, 2], 1), 3);
  assert.equal(quantile([3, 1, 2], 0.25), 1.5);
  assert.equal(quantile([7], 0.3), 7);
  assert.equal(quantile([], 0.5), NaN);
  assert.equal(quantile([1, NaN, 2], 0.5), NaN);
});

Deno.test("values at risk of a ladder of returns, by hand", () => {
  near(valueAtRisk(LADDER, settings), -0.09); // the second lowest of 21
  near(conditionalValueAtRisk(LADDER, settings), -0.095); // with the lowest
  near(valueAtRisk(LADDER, metricsSettings({ confidence: 0.9 })), -0.08);
  near(conditionalValueAtRisk(LADDER, metricsSettings({ confidence: 0.9 })), -0.09);
  const z = 1.6448536269514722, deviation = Math.sqrt(0.077 / 20); // Σ x² = 2 (1 + 4 + … + 100) / 10⁴
  near(gaussianValueAtRisk(LADDER, settings), -z * deviation);
  near(gaussianValueAtRisk(LADDER, metricsSettings({ ddof: 0 })), -z * Math.sqrt(0.077 / 21));
});

Deno.test("the tails of a ladder of returns are alike, those of half of it are not", () => {
  near(tailRatio(LADDER), 1);
  const half = LADDER.map((value) => value > 0 ? value / 2 : value);
  near(tailRatio(half), 0.5);
  near(commonSenseRatio(half), 0.25);
});

Deno.test("skewness and kurtosis of a few returns, by hand", () => {
  // 0, 0, 0, 4: distances −1, −1, −1, 3; m₂ 3, m₃ 6, m₄ 21.
  const few = Float64Array.of(0, 0, 0, 4);
  near(skewness(few), 6 / 3 ** 1.5 * Math.sqrt(12) / 2);
  near(excessKurtosis(few), (5 * (21 / 9 - 3) + 6) * 3 / 2);
  assert(Math.abs(skewness(LADDER)) < 1e-12);
  near(excessKurtosis(LADDER), -1.2); // that of a uniform distribution
});

Deno.test("what too few returns, or ones that do not vary, say of a distribution is unknown", () => {
  const one = Float64Array.of(-0.01), still = new Float64Array(9);
  for (const metric of [valueAtRisk, conditionalValueAtRisk, gaussianValueAtRisk]) {
    for (const few of [new Float64Array(), one]) assert.equal(metric(few, settings), NaN);
    assert.equal(metric(still, settings), 0);
  }
  assert.equal(skewness(Float64Array.of(1, 2)), NaN);
  assert.equal(excessKurtosis(Float64Array.of(1, 2, 4)), NaN);
  for (const metric of [skewness, excessKurtosis, tailRatio, commonSenseRatio]) {
    for (const none of [new Float64Array(), one, still]) assert.equal(metric(none), NaN);
  }
});

Deno.test("the mean beyond the value at risk is never better than it, nor than a surer one", () => {
  assertProperty(fc.property(someReturns, (returns) => {
    const [loose, sure] = [0.9, 0.99].map((confidence) => metricsSettings({ confidence }));
    assert(conditionalValueAtRisk(returns, loose) <= valueAtRisk(returns, loose));
    assert(valueAtRisk(returns, sure) <= valueAtRisk(returns, loose));
    assert(conditionalValueAtRisk(returns, sure) <= conditionalValueAtRisk(returns, loose));
    assert(gaussianValueAtRisk(returns, sure) < gaussianValueAtRisk(returns, loose));
  }));
});

Deno.test("returns twice as large have twice the risk and the same shape, turned round they lean back", () => {
  assertProperty(fc.property(someReturns, (returns) => {
    const twice = returns.map((value) => 2 * value), turned = returns.map((value) => -value);
    for (const metric of [valueAtRisk, conditionalValueAtRisk, gaussianValueAtRisk]) {
      assert(agree(metric(twice, settings), 2 * metric(returns, settings)));
    }
    for (const metric of [skewness, excessKurtosis, tailRatio, commonSenseRatio]) {
      assert(agree(metric(twice), metric(returns), 1e-9));
    }
    assert(agree(skewness(turned), -skewness(returns), 1e-9));
    assert(agree(excessKurtosis(turned), excessKurtosis(returns), 1e-9));
    const tails = tailRatio(returns);
    if (tails > 0) assert(agree(tailRatio(turned), 1 / tails, 1e-9));
  }));
});
