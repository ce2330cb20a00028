import type { Drawdown } from "./drawdowns.ts";
import type { Performance } from "./performance.ts";
import type { MetricsSettings } from "./settings.ts";

/** The parts of the printed summary. */
export type Section =
  | "Returns"
  | "Risk"
  | "Distribution of returns"
  | "Against buy and hold"
  | "Trades"
  | "Costs";

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
  /** Of buying and holding, over the same periods: see `benchmarkReturns`. */
  benchmark: Float64Array;
  /** The deepest. */
  drawdown: Pick<Drawdown, "depth" | "days">;
  /** Compound growth a year: see `cagr`. */
  growth: number;
  /** The fraction of rows with a position: see `exposure`. */
  exposure: number;
}

/** How a metric is printed. */
export interface Printing {
  /** Whether it is on the line of the metric above it. */
  beside?: boolean;
  /** Whether it is left out unless all are asked for. */
  more?: boolean;
}

/** A metric as the summary knows it. */
export interface Metric extends Readonly<Required<Printing>> {
  section: Section;
  label: string;
  unit: Unit;
  /** NaN where it is unknown. */
  value(measured: Measured): number;
}

/** Declares the metrics of a section for the table. */
export function metricsOf(section: Section) {
  return (
    label: string,
    unit: Unit,
    value: Metric["value"],
    { beside = false, more = false }: Printing = {},
  ): Metric => ({ section, label, unit, value, beside, more });
}
