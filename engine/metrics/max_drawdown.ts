import { nominalLength, openTime } from "../market/timeframe.ts";
import type { Performance } from "./performance.ts";

/** The deepest fall of equity below its peak. */
export interface Drawdown {
  /** Equity at the bottom against the peak, as a fraction: 0 or negative. */
  depth: number;
  /** From the peak until equity was back at it, or until the last row if it never was. */
  days: number;
}

/**
 * The deepest drawdown: the lowest of equity / running peak − 1 over all rows, and how many days it
 * lasted. The first peak is the initial balance, at the open of the first row. A peak that is held
 * counts from its last row, and of two drawdowns of one depth the first is given.
 *
 * Depth and days are 0 if equity never fell, and NaN where no row ran or equity is NaN somewhere.
 */
export function maxDrawdown(
  { candles, equity, initialBalance }: Pick<Performance, "candles" | "equity" | "initialBalance">,
): Drawdown {
  const { time, length } = candles;
  if (length === 0) return { depth: NaN, days: NaN };
  let peak = initialBalance, peakTime = openTime(time[0], candles.timeframe), low = peak;
  let depth = 0, from = peakTime, until = peakTime, lasts = false;
  for (let i = 0; i < length; i++) {
    const value = equity[i];
    if (value >= peak) {
      if (lasts) until = time[i];
      lasts = false;
      peak = low = value;
      peakTime = time[i];
    } else if (value < low) { // only a new low is worth a division
      low = value;
      const fall = (value - peak) / peak;
      if (fall >= depth) continue;
      depth = fall;
      from = peakTime;
      lasts = true;
    } else if (Number.isNaN(value)) {
      return { depth: NaN, days: NaN };
    }
  }
  if (lasts) until = time[length - 1];
  return { depth, days: (until - from) / nominalLength("1d") };
}
