import type { LegendItem } from "./legend.ts";
import type { NumberFormat, Option } from "./option.ts";
import type { Reading } from "./reading.ts";

/** One of the drawings above each other that share the time axis. */
export interface Pane {
  /** What it shows and in which unit. */
  title: string;
  /** Its share of the picture's height. */
  weight: number;
  /** ECharts series, without their axes. */
  series: Option[];
  legend: LegendItem[];
  /** What is to be known of how it is drawn. */
  note?: string;
  /** The values that have to fit in. */
  range: Range;
  /** How the axis writes a number, by the step between its ticks; without it there is no axis. */
  format?: (step: number) => NumberFormat;
  /** Whether equal distances are equal ratios. */
  log?: boolean;
  /** What a reader is told of a point in time on an interactive page. */
  readings: Reading[];
  /** Whether 0 stays in sight when a reader zooms. */
  fromZero?: boolean;
}

/** Values from `low` to `high`. */
export interface Range {
  low: number;
  high: number;
}

/** The range of all known values; of none, from 0 to 1. */
export function rangeOf(...columns: ArrayLike<number>[]): Range {
  let low = Infinity, high = -Infinity;
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      if (column[i] < low) low = column[i];
      if (column[i] > high) high = column[i];
    }
  }
  return low <= high ? { low, high } : { low: 0, high: 1 };
}
