import { mean } from "./mean.ts";
import type { MetricsSettings } from "./settings.ts";

/**
 * Conditional value at risk of one period, or expected shortfall, from the returns as they came: the
 * mean of the ⌊(n − 1)(1 − confidence)⌋ + 1 lowest. A fraction, negative for a loss, and never above
 * the value at risk. NaN of fewer than two returns.
 *
 * Source: R. T. Rockafellar and S. Uryasev, "Optimization of Conditional Value-at-Risk", Journal of
 * Risk 2(3), 2000; counted as in empyrical. (quantstats' default takes the mean of a normal
 * distribution's tail.)
 */
export function conditionalValueAtRisk(
  returns: Float64Array,
  { confidence }: MetricsSettings,
): number {
  const n = returns.length;
  if (n < 2) return NaN;
  const place = (n - 1) * (1 - confidence); // 1 - 0.9 is a little less than 0.1
  return mean(returns.toSorted().subarray(0, Math.floor(place + 1e-9) + 1));
}
