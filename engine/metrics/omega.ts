import { isRounding } from "./rounding.ts";
import { type MetricsSettings, riskFreePerPeriod } from "./settings.ts";

/**
 * Omega ratio: by how much returns lay above the risk-free one, added up, over by how much they lay
 * below it. A pure number: 1 where the mean return is the risk-free one. NaN of fewer than two
 * returns, and where none fell short.
 *
 * Source: C. Keating and W. F. Shadwick, "A Universal Performance Measure", Journal of Performance
 * Measurement 6(3), 2002.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { metricsSettings } from "./settings.ts";
 * assert.equal(omega(Float64Array.of(0.5, 0.25, -0.25), metricsSettings()), 3);
 * ```
 */
export function omega(returns: Float64Array, settings: MetricsSettings): number {
  return gainsOverLosses(returns, riskFreePerPeriod(settings));
}

/** What lay above `threshold`, added up, over what lay below it. NaN as for `omega`. */
export function gainsOverLosses(returns: Float64Array, threshold: number): number {
  const n = returns.length;
  let above = 0, below = 0;
  for (let i = 0; i < n; i++) {
    const excess = returns[i] - threshold;
    if (excess > 0) above += excess;
    else below -= excess;
  }
  return n < 2 || isRounding(below / n, 1) ? NaN : above / below;
}
