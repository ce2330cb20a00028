import type { RowTimes } from "../market/row_times.ts";
import type { Timeframe } from "../market/timeframe.ts";
import { firstAfter } from "./first_after.ts";
import { periodEnds } from "./period_ends.ts";

/**
 * For each UTC period of `periodEnds`, the last row that closed by its end, which may be one of a period
 * before; -1 where there is none yet.
 */
export function periodLastRows(rows: RowTimes, period: Timeframe): Int32Array {
  const ends = periodEnds(rows, period), lasts = new Int32Array(ends.length);
  for (let i = 0, row = 0; i < ends.length; i++) {
    row = firstAfter(rows.time, ends[i], row);
    lasts[i] = row - 1;
  }
  return lasts;
}
