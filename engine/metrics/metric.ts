import type { Drawdown } from "./max_drawdown.ts";
import type { Performance } from "./performance.ts";
import type { MetricsSettings } from "./settings.ts";

/** The parts of the printed summary. */
export type Section = "Returns" | "Risk" | "Trades" | "Costs";

/** What a metric counts in. A `fraction` prints as a percentage; `money` is the quote currency. */
export type Unit = "money" | "fraction" | "ratio" | "count" | "days";

/** A performance, with what several metrics read off it computed once. */
export interface Measured {
  performance: Performance;
  settings: MetricsSettings;
  /** Days from the first row's open to the last row's close. */
  days: number;
  /** Equity at the end of each of the settings' periods: see `periodEquity`. */
  ends: Float64Array;
  /** From one end to the next: see `periodReturns`. */
  returns: Float64Array;
  drawdown: Drawdown;
}

/** A metric as the summary knows it. */
export interface Metric {
  section: Section;
  label: string;
  unit: Unit;
  /** NaN where it is unknown. */
  value(measured: Measured): number;
  /** Whether it is printed on the line of the metric above it. */
  beside: boolean;
}

/** Declares a metric for the table. */
export function metric(
  section: Section,
  label: string,
  unit: Unit,
  value: Metric["value"],
  { beside = false } = {},
): Metric {
  return { section, label, unit, value, beside };
}
