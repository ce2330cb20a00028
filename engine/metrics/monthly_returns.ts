import { openTime } from "../market/timeframe.ts";
import type { Performance } from "./performance.ts";
import { periodEnds } from "./period_ends.ts";
import { periodEquity } from "./period_equity.ts";
import { periodReturns } from "./period_returns.ts";

/** The return of one calendar month (UTC), as a fraction. */
export interface MonthReturn {
  year: number;
  /** 0 is January. */
  month: number;
  return: number;
}

/**
 * The returns of the calendar months that the rows touch, from the first on; the first and the last
 * count as far as rows reach, so that they compound to the total return. The month in which equity is
 * lost is the last.
 */
export function monthlyReturns(
  performance: Pick<Performance, "rows" | "equity" | "initialBalance">,
): MonthReturn[] {
  const ends = periodEnds(performance.rows, "1M");
  const returns = periodReturns(performance.initialBalance, periodEquity(performance, "1M"));
  return Array.from(returns, (value, i) => {
    const date = new Date(openTime(ends[i], "1M"));
    return { year: date.getUTCFullYear(), month: date.getUTCMonth(), return: value };
  });
}
