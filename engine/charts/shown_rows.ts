import type { Candles } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import type { RowTimes } from "../market/row_times.ts";
import { type Time, utcTime } from "../market/time.ts";
import { openTime } from "../market/timeframe.ts";
import { spanCaption } from "./captions.ts";

/** The rows [first, last) of candles. */
export interface Rows {
  first: number;
  last: number;
}

/** The rows that lie within [from, to]. Throws an `InputError` where there are none. */
export function rowsIn(candles: Candles, options: { from?: Time; to?: Time }): Rows {
  const { time, timeframe, length } = candles;
  if (length === 0) throw new InputError("Cannot draw: there are no candles at all");
  const from = utcTime(options.from ?? -Infinity, "Cannot draw: from");
  const to = utcTime(options.to ?? Infinity, "Cannot draw: to");
  let first = 0, last = length;
  while (first < last && openTime(time[first], timeframe) < from) first++;
  while (last > first && time[last - 1] > to) last--;
  if (first < last) return { first, last };
  const { from: begin, to: end } = span(candles, { first: 0, last: length });
  throw new InputError(
    "Cannot draw: no candle lies between from and to; " +
      `there are some from ${spanCaption({ from: begin, to: end })}`,
  );
}

/** What all rows cover, of which there is one at least. */
export function wholeSpan(rows: RowTimes): { from: number; to: number } {
  return span(rows, { first: 0, last: rows.length });
}

/** What rows cover: from the open of the first to the close of the last (UTC milliseconds). */
export function span({ time, timeframe }: RowTimes, rows: Rows): { from: number; to: number } {
  return { from: openTime(time[rows.first], timeframe), to: time[rows.last - 1] };
}
