import { type MetricsSettings, periodsIn365Days } from "./settings.ts";

/**
 * What a ratio a year by these settings is multiplied by to be one of 365 days, so that ratios of
 * searches with years of their own compare: √(periods in 365 days / periodsPerYear), 1 unless
 * `periodsPerYear` was chosen.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { metricsSettings } from "./settings.ts";
 * assert.equal(calendarYear(metricsSettings({ period: "1h" })), 1);
 * assert.equal(calendarYear(metricsSettings({ periodsPerYear: 365 / 4 })), 2);
 * ```
 */
export function calendarYear({ period, periodsPerYear }: MetricsSettings): number {
  return Math.sqrt(periodsIn365Days(period) / periodsPerYear);
}

/** Ratios a year by these settings as those of 365 days. */
export function calendarRatios(ratios: Float64Array, settings: MetricsSettings): Float64Array {
  const scale = calendarYear(settings);
  return scale === 1 ? ratios : ratios.map((ratio) => scale * ratio);
}
