import { monthlyReturns, type MonthReturn } from "../metrics/monthly_returns.ts";
import type { Performance } from "../metrics/performance.ts";
import { yearlyReturns } from "../metrics/yearly_returns.ts";

/** The return of one calendar month (UTC), as a fraction. */
export interface MonthRow {
  year: number;
  /** 1 is January. */
  month: number;
  return: number;
  /** Of buying at the first open and holding. */
  buyAndHold: number;
}

/** The return of one calendar year (UTC), as a fraction. */
export type YearRow = Omit<MonthRow, "month">;

/** The months that the candles touch, from the first on; see `monthlyReturns` in metrics. */
export function monthRows(performance: Performance): MonthRow[] {
  const held = heldMonths(performance);
  return monthlyReturns(performance).map(({ year, month, return: own }, i) => {
    return { year, month: month + 1, return: own, buyAndHold: held[i].return };
  });
}

/** The years, each of its months compounded. */
export function yearRows(performance: Performance): YearRow[] {
  const held = yearlyReturns(heldMonths(performance));
  return yearlyReturns(monthlyReturns(performance)).map((each, i) => {
    return { ...each, buyAndHold: held[i].return };
  });
}

function heldMonths({ rows, benchmark: { before, worth } }: Performance): MonthReturn[] {
  return monthlyReturns({ rows, equity: worth, initialBalance: before });
}
