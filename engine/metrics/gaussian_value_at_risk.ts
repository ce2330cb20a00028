import { deviation } from "./deviation.ts";
import { mean } from "./mean.ts";
import { normalQuantile } from "./normal_quantile.ts";
import type { MetricsSettings } from "./settings.ts";

/**
 * Value at risk of one period if returns were normal: mean + z × deviation, where z is the normal
 * quantile of 1 − confidence. A fraction, negative for a loss. NaN of fewer than two returns.
 *
 * Source: J. P. Morgan, "RiskMetrics Technical Document", 1996; quantstats' `value_at_risk`.
 */
export function gaussianValueAtRisk(
  returns: Float64Array,
  { confidence, ddof }: MetricsSettings,
): number {
  return mean(returns) + normalQuantile(1 - confidence) * deviation(returns, ddof);
}
