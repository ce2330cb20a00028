import type { Timeframe } from "../market/timeframe.ts";
import type { Performance } from "./performance.ts";
import { periodLastRows } from "./period_last_rows.ts";

/**
 * Equity at the end of each UTC period, in the quote currency: that of the last row which closed by
 * then. A candle that closes at exactly 00:00 belongs to the day that ends there.
 *
 * Every calendar period has a value, from the one that holds the first row's open to the one that
 * holds the last row's close, both even if the rows cover only a part of them. A period without rows
 * carries the equity forward. Empty without rows.
 */
export function periodEquity(
  { rows, equity, initialBalance }: Pick<Performance, "rows" | "equity" | "initialBalance">,
  period: Timeframe,
): Float64Array {
  const lasts = periodLastRows(rows, period), ends = new Float64Array(lasts.length);
  for (let i = 0; i < lasts.length; i++) {
    ends[i] = lasts[i] < 0 ? initialBalance : equity[lasts[i]];
  }
  return ends;
}
