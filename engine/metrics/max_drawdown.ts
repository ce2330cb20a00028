import { nominalLength } from "../market/timeframe.ts";
import { type Drawdown, eachDrawdown } from "./drawdowns.ts";
import type { Performance } from "./performance.ts";

/**
 * The deepest drawdown: the lowest of equity / running peak − 1 over all rows, and how many days it
 * lasted. The first peak is the initial balance, at the open of the first row. A peak that is held
 * counts from its last row, and of two drawdowns of one depth the first is given.
 *
 * Depth and days are 0 if equity never fell, and NaN where no row ran or equity is NaN somewhere.
 */
export function maxDrawdown(
  curve: Pick<Performance, "rows" | "equity" | "initialBalance">,
): Pick<Drawdown, "depth" | "days"> {
  const { time, length } = curve.rows;
  let deepest = 0, from = 0, until = 0;
  const known = eachDrawdown(curve, (depth, start, _valley, end) => {
    if (depth >= deepest) return;
    deepest = depth;
    from = start;
    until = end ?? time[length - 1];
  });
  if (!known) return { depth: NaN, days: NaN };
  return { depth: deepest, days: (until - from) / nominalLength("1d") };
}
