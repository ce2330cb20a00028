import { quantile } from "./quantile.ts";
import type { MetricsSettings } from "./settings.ts";

/**
 * Value at risk of one period, from the returns as they came: their quantile at 1 − confidence, so
 * that with 0.95 one day in twenty was worse. A fraction, negative for a loss. NaN of fewer than two
 * returns.
 *
 * Source: empyrical's `value_at_risk`; quantstats' function of this name is `gaussianValueAtRisk`.
 */
export function valueAtRisk(returns: Float64Array, { confidence }: MetricsSettings): number {
  return returns.length < 2 ? NaN : quantile(returns, 1 - confidence);
}
