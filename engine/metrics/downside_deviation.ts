import { type MetricsSettings, riskFreePerPeriod } from "./settings.ts";

/**
 * Downside deviation, a year: √mean(min(return − risk-free, 0)²) × √periodsPerYear, the mean over all
 * periods, good ones too. A fraction; 0 where none fell short, NaN of fewer than two returns.
 *
 * Source: F. A. Sortino and L. N. Price, as in `sortino`; empyrical's `downside_risk`.
 */
export function downsideDeviation(returns: Float64Array, settings: MetricsSettings): number {
  return downsidePerPeriod(returns, settings) * Math.sqrt(settings.periodsPerYear);
}

/** The same of one period. */
export function downsidePerPeriod(returns: Float64Array, settings: MetricsSettings): number {
  const n = returns.length, target = riskFreePerPeriod(settings);
  if (n < 2) return NaN;
  let shortfall = 0;
  for (let i = 0; i < n; i++) shortfall += Math.min(returns[i] - target, 0) ** 2;
  return Math.sqrt(shortfall / n);
}
