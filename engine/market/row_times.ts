import { intervalEnd, openTime, type Timeframe } from "./timeframe.ts";

/** When rows close and how long each of them is: what candles and a run's results have in common. */
export interface RowTimes {
  /** Close times, UTC milliseconds, ascending. */
  readonly time: Float64Array;
  readonly timeframe: Timeframe;
  readonly length: number;
}

/** A span without rows: from the close of the one before it to the open of the one behind it. */
export interface Gap {
  after: number;
  until: number;
}

/** Where rows are missing between the first and the last. */
export function gapsBetween({ time, timeframe, length }: RowTimes): Gap[] {
  const gaps: Gap[] = [];
  for (let i = 1; i < length; i++) {
    const after = time[i - 1], until = openTime(time[i], timeframe);
    if (until > after) gaps.push({ after, until });
  }
  return gaps;
}

/** How many rows a gap leaves out. */
export function missingIn(gap: Gap, timeframe: Timeframe): number {
  let count = 0;
  for (let time = gap.after; time < gap.until; time = intervalEnd(time, timeframe)) count++;
  return count;
}
