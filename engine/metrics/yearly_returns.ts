import { compounded } from "./compounded.ts";
import type { MonthReturn } from "./monthly_returns.ts";

/** The return of one calendar year (UTC), as a fraction. */
export interface YearReturn {
  year: number;
  return: number;
}

/**
 * The returns of the calendar years of `monthlyReturns`, each of its months compounded, from the first
 * on.
 */
export function yearlyReturns(months: readonly MonthReturn[]): YearReturn[] {
  return [...Map.groupBy(months, ({ year }) => year)].map(([year, months]) => ({
    year,
    return: compounded(months.map((month) => month.return)),
  }));
}
