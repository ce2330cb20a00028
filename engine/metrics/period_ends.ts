import type { RowTimes } from "../market/row_times.ts";
import { intervalEnd, intervalStart, openTime, type Timeframe } from "../market/timeframe.ts";

/**
 * When each UTC period ends (UTC milliseconds): every calendar period from the one that holds the first
 * row's open to the one that holds the last one's close, without a gap. Empty without rows.
 */
export function periodEnds({ time, timeframe, length }: RowTimes, period: Timeframe): Float64Array {
  const ends: number[] = [], last = length === 0 ? -Infinity : time[length - 1];
  let end = length === 0 ? Infinity : intervalStart(openTime(time[0], timeframe), period);
  while (end < last) ends.push(end = intervalEnd(end, period));
  return Float64Array.from(ends);
}
