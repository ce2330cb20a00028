import { deviation } from "./deviation.ts";
import type { MetricsSettings } from "./settings.ts";

/**
 * Standard deviation of the period returns, a year: deviation × √periodsPerYear, a fraction. 0 is a
 * real value (equity that never moved); NaN of fewer than two returns.
 */
export function volatility(
  returns: Float64Array,
  { ddof, periodsPerYear }: MetricsSettings,
): number {
  return deviation(returns, ddof) * Math.sqrt(periodsPerYear);
}
