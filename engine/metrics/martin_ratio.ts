import type { MetricsSettings } from "./settings.ts";

/**
 * Martin ratio, or ulcer performance index: the growth rate a year above the risk-free return over the
 * ulcer index, (CAGR − risk-free) / ulcer. A pure number; NaN if either is, and where equity never
 * closed below its peak.
 *
 * Source: Martin and McCann, as in `ulcerIndex`. (quantstats' `ulcer_performance_index` takes the total
 * return of the whole span, which grows with the span.)
 */
export function martinRatio(
  growth: number,
  ulcer: number,
  { riskFree }: Pick<MetricsSettings, "riskFree">,
): number {
  return ulcer > 0 ? (growth - riskFree) / ulcer : NaN;
}
