import type { Candles } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import { openTime } from "../market/timeframe.ts";
import { type Time, timeOption } from "./chart_options.ts";

/** The rows [first, last) of candles. */
export interface Rows {
  first: number;
  last: number;
}

/** The rows that lie within [from, to]. Throws an `InputError` where there are none. */
export function rowsIn(candles: Candles, options: { from?: Time; to?: Time }): Rows {
  const { time, timeframe, length } = candles;
  if (length === 0) throw new InputError("Cannot draw: there are no candles at all");
  const from = timeOption(options.from, "from") ?? -Infinity;
  const to = timeOption(options.to, "to") ?? Infinity;
  let first = 0, last = length;
  while (first < last && openTime(time[first], timeframe) < from) first++;
  while (last > first && time[last - 1] > to) last--;
  if (first < last) return { first, last };
  const iso = (at: number) => new Date(at).toISOString().slice(0, 16).replace("T", " ");
  const { from: begin, to: end } = span(candles, { first: 0, last: length });
  throw new InputError(
    `Cannot draw: no candle lies between from and to; there are some from ${iso(begin)} to ` +
      `${iso(end)} UTC`,
  );
}

/** What rows cover: from the open of the first to the close of the last (UTC milliseconds). */
export function span({ time, timeframe }: Candles, rows: Rows): { from: number; to: number } {
  return { from: openTime(time[rows.first], timeframe), to: time[rows.last - 1] };
}
