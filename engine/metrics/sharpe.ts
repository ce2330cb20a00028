import type { MetricsSettings } from "./settings.ts";
import { sharpePerPeriod } from "./sharpe_per_period.ts";

/**
 * Sharpe ratio, a year: mean excess return / deviation × √periodsPerYear. A pure number; NaN of fewer
 * than two returns, or if they do not vary.
 *
 * Source: W. F. Sharpe, "The Sharpe Ratio", Journal of Portfolio Management 21(1), 1994.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { metricsSettings } from "./settings.ts";
 * const returns = Float64Array.of(0.01, 0.03); // mean 0.02, deviation 0.01 × √2
 * assert(Math.abs(sharpe(returns, metricsSettings()) - Math.sqrt(2 * 365)) < 1e-12);
 * ```
 */
export function sharpe(returns: Float64Array, settings: MetricsSettings): number {
  return sharpePerPeriod(returns, settings) * Math.sqrt(settings.periodsPerYear);
}
