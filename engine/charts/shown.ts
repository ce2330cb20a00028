import type { Candles } from "../market/candles.ts";
import type { Bars } from "./group_candles.ts";
import type { Look } from "./look.ts";
import type { Rows } from "./shown_rows.ts";

/** The part of the rows that a picture shows, and how. */
export interface Shown extends Rows {
  /** All rows. */
  candles: Candles;
  /** What the time axis covers: from the open of the first shown row to the close of the last. */
  from: number;
  to: number;
  /** The shown rows as candles to draw. */
  bars: Bars;
  /** How many columns of pixels there are, so that lines need no more detail. */
  columns: number;
  look: Look;
  /** Whether prices and equity are drawn so that equal distances are equal ratios. */
  log: boolean;
  /** Whether equity is drawn beside buying and holding. */
  held: boolean;
  /** Whether a reader can zoom into it. */
  interactive: boolean;
  /** The instrument's currencies; empty where they are not known. */
  base: string;
  quote: string;
}

/** The shown rows of a column, as a view. */
export function shownRows({ first, last }: Rows, column: Float64Array): Float64Array {
  return column.subarray(first, last);
}

/** A title with its unit, where that is known, and its scale, where that is not the usual one. */
export function titled(title: string, unit: string, { log = false } = {}): string {
  return (unit === "" ? title : `${title}, ${unit}`) + (log ? " (log)" : "");
}
