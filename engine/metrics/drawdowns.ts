import { InputError } from "../market/errors.ts";
import { nominalLength, openTime } from "../market/timeframe.ts";
import { eachFall } from "./each_fall.ts";
import type { Performance } from "./performance.ts";

type Curve = Pick<Performance, "rows" | "equity" | "initialBalance">;

/** A fall of equity below a peak. Times are UTC milliseconds. */
export interface Drawdown {
  /** Close of the row at the peak; the open of the first row if that is the initial balance. */
  start: number;
  /** Close of the lowest row, the first of several. */
  valley: number;
  /** Close of the row that brought equity back to the peak; undefined if none did. */
  end: number | undefined;
  /** Equity in the valley against the peak, as a fraction: negative. */
  depth: number;
  /** From `start` to `end`, or to the last row. */
  days: number;
}

/**
 * The deepest drawdowns, deepest first, at most `count` of them; of two of one depth the earlier is
 * first. They do not overlap: each lasts until equity is back at its peak. The first peak is the initial
 * balance, and a peak that is held counts from its last row. None if equity never fell.
 *
 * quantstats' `drawdown_details` starts them a row later and ends them a row earlier, at the first and
 * the last row below the peak. Throws an `InputError` for a count that is no whole number of 1 or more.
 */
export function drawdowns(curve: Curve, count = 5): Drawdown[] {
  if (!(Number.isInteger(count) && count >= 1)) {
    throw new InputError(
      `Cannot list drawdowns: count must be a whole number of 1 or more, not ${count}`,
    );
  }
  const { time, length } = curve.rows, all: Drawdown[] = [];
  eachDrawdown(curve, (depth, start, valley, end) => {
    const days = ((end ?? time[length - 1]) - start) / nominalLength("1d");
    all.push({ start, valley, end, depth, days });
  });
  return all.sort((a, b) => a.depth - b.depth).slice(0, count);
}

/**
 * Calls `visit` for every drawdown, from the first on, and returns whether all are known: false where no
 * row ran, and at the first row whose equity is NaN, where it stops.
 */
export function eachDrawdown(
  { rows, equity, initialBalance }: Curve,
  visit: (depth: number, start: number, valley: number, end: number | undefined) => void,
): boolean {
  const { time, length } = rows;
  if (length === 0) return false;
  const begin = openTime(time[0], rows.timeframe);
  return eachFall(
    initialBalance,
    equity,
    (depth, start, valley, end) =>
      visit(
        depth,
        start === -1 ? begin : time[start],
        time[valley],
        end === undefined ? end : time[end],
      ),
  );
}
