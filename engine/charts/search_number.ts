import { formatNumber } from "../metrics/format_number.ts";
import { METRICS } from "../metrics/metric_table.ts";
import type { SweepNumber } from "../research/sweep/numbers.ts";
import type { NumberFormat } from "./option.ts";
import { percents, plainNumbers } from "./value_axis.ts";

/** How a number that a search has of every set is drawn. */
export interface SearchNumber {
  /** What it is, and with its unit. */
  label: string;
  title: string;
  /** What it is multiplied by: fractions are drawn as percentages. */
  factor: number;
  /** How an axis writes it, by the step between its ticks. */
  format(step: number): NumberFormat;
  /** As a person reads it, before it is multiplied. */
  write(value: number): string;
}

/** How one of the numbers of a sweep is drawn. */
export function searchNumber(name: SweepNumber): SearchNumber {
  const { label, unit } = METRICS[name], isFraction = unit === "fraction";
  return {
    label,
    title: isFraction ? `${label}, %` : name === "sharpe" ? `${label} ratio, a year` : label,
    factor: isFraction ? 100 : 1,
    format: isFraction ? percents : plainNumbers,
    write: (value) => formatNumber(value, unit),
  };
}
