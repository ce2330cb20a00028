import type { RowTimes } from "../market/row_times.ts";
import { nominalLength, openTime } from "../market/timeframe.ts";

/** Days from the open of the first row to the close of the last, fractions included; 0 of none. */
export function elapsedDays({ time, timeframe, length }: RowTimes): number {
  if (length === 0) return 0;
  return (time[length - 1] - openTime(time[0], timeframe)) / nominalLength("1d");
}
