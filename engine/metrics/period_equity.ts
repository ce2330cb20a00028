import { intervalEnd, intervalStart, openTime, type Timeframe } from "../market/timeframe.ts";
import type { Performance } from "./performance.ts";

/**
 * Equity at the end of each UTC period, in the quote currency: that of the last row which closed by
 * then. A candle that closes at exactly 00:00 belongs to the day that ends there.
 *
 * Every calendar period has a value, from the one that holds the first row's open to the one that
 * holds the last row's close, both even if the rows cover only a part of them. A period without rows
 * carries the equity forward. Empty without rows.
 */
export function periodEquity(
  { candles, equity, initialBalance }: Pick<Performance, "candles" | "equity" | "initialBalance">,
  period: Timeframe,
): Float64Array {
  const { time, length } = candles, ends: number[] = [];
  if (length === 0) return new Float64Array();
  let end = intervalStart(openTime(time[0], candles.timeframe), period), last = initialBalance;
  for (let row = 0; row < length;) {
    end = intervalEnd(end, period);
    const next = firstAfter(time, end, row);
    if (next > row) last = equity[next - 1];
    ends.push(last);
    row = next;
  }
  return Float64Array.from(ends);
}

/** The first row at or past `from` that closes after `end`; bisected, for a year has 525,600. */
function firstAfter(time: Float64Array, end: number, from: number): number {
  let low = from, high = time.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle] > end) high = middle;
    else low = middle + 1;
  }
  return low;
}
