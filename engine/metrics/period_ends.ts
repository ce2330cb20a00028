import type { RowTimes } from "../market/row_times.ts";
import { intervalEnd, intervalStart, openTime, type Timeframe } from "../market/timeframe.ts";
import { periodCount } from "./period_count.ts";

/**
 * When each UTC period ends (UTC milliseconds): every calendar period from the one that holds the first
 * row's open to the one that holds the last one's close, without a gap. Empty without rows.
 */
export function periodEnds(rows: RowTimes, period: Timeframe): Float64Array {
  const ends = new Float64Array(periodCount(rows, period));
  if (ends.length === 0) return ends;
  let end = intervalStart(openTime(rows.time[0], rows.timeframe), period);
  for (let i = 0; i < ends.length; i++) ends[i] = end = intervalEnd(end, period);
  return ends;
}
