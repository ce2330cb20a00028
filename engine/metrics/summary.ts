import { benchmarkReturns } from "./benchmark_returns.ts";
import { cagr } from "./cagr.ts";
import { elapsedDays } from "./elapsed_days.ts";
import { exposure } from "./exposure.ts";
import { finalEquity } from "./final_equity.ts";
import { maxDrawdown } from "./max_drawdown.ts";
import type { Measured } from "./metric.ts";
import { METRICS } from "./metric_table.ts";
import type { Performance } from "./performance.ts";
import { periodEquity } from "./period_equity.ts";
import { periodReturns } from "./period_returns.ts";
import { type MetricsOptions, type MetricsSettings, metricsSettings } from "./settings.ts";

/** The name of a metric. */
export type MetricName = keyof typeof METRICS;

/**
 * Every metric of a performance. Ratios are fractions, money is in the quote currency, NaN is
 * unknown; what each means stands in the file of its name.
 */
export type Summary = { [Name in MetricName]: number } & {
  /** What the numbers were computed with. */
  settings: MetricsSettings;
};

/** Computes every metric. Throws an `InputError` for impossible settings. */
export function summary(performance: Performance, options: MetricsOptions = {}): Summary {
  const settings = metricsSettings(options);
  const { rows, initialBalance } = performance, days = elapsedDays(rows);
  const ends = periodEquity(performance, settings.period);
  const measured: Measured = {
    performance,
    settings,
    days,
    ends,
    returns: periodReturns(initialBalance, ends),
    benchmark: benchmarkReturns(performance, settings.period),
    drawdown: maxDrawdown(performance),
    growth: cagr(initialBalance, finalEquity(performance), days),
    exposure: exposure(performance.held),
  };
  const numbers = Object.fromEntries(
    Object.entries(METRICS).map(([name, metric]) => [name, metric.value(measured)]),
  ) as { [Name in MetricName]: number };
  return { ...numbers, settings };
}
