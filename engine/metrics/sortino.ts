import { downsidePerPeriod } from "./downside_deviation.ts";
import { isRounding } from "./rounding.ts";
import { type MetricsSettings, riskFreePerPeriod } from "./settings.ts";

/**
 * Sortino ratio, a year: mean excess return / √mean(min(excess, 0)²) × √periodsPerYear, both means
 * over all periods, good ones too. A pure number; NaN of fewer than two returns, and where no period
 * fell short of the risk-free return: the ratio would be infinite, so it is not known.
 *
 * Source: F. A. Sortino and L. N. Price, "Performance Measurement in a Downside Risk Framework",
 * Journal of Investing 3(3), 1994.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { metricsSettings } from "./settings.ts";
 * const returns = Float64Array.of(0.03, -0.01); // mean 0.01, downside √(0.01² / 2)
 * assert(Math.abs(sortino(returns, metricsSettings()) - Math.sqrt(2 * 365)) < 1e-12);
 * ```
 */
export function sortino(returns: Float64Array, settings: MetricsSettings): number {
  const n = returns.length, target = riskFreePerPeriod(settings);
  const downside = downsidePerPeriod(returns, settings);
  if (isRounding(downside, 1)) return NaN;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += returns[i] - target;
  return sum / n / downside * Math.sqrt(settings.periodsPerYear);
}
