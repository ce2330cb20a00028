import type { RowTimes } from "../market/row_times.ts";
import {
  intervalEnd,
  intervalStart,
  nominalLength,
  openTime,
  type Timeframe,
} from "../market/timeframe.ts";

/** How many periods `periodEnds` gives: those of 525,600 single minutes need not be made to be counted. */
export function periodCount({ time, timeframe, length }: RowTimes, period: Timeframe): number {
  if (length === 0) return 0;
  const start = intervalStart(openTime(time[0], timeframe), period), last = time[length - 1];
  if (period !== "1M") return Math.ceil((last - start) / nominalLength(period));
  let count = 0;
  for (let end = start; end < last; end = intervalEnd(end, period)) count++;
  return count;
}
