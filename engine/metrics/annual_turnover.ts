import { mean } from "./mean.ts";

/**
 * How many times a year the account trades its mean equity, entries and exits both counted:
 * turnover / mean of `ends` × 365 / days, where `ends` are those of `periodEquity`. A pure number; NaN
 * for less than one day, and where the mean equity is not above 0.
 */
export function annualTurnover(turnover: number, ends: Float64Array, days: number): number {
  const capital = mean(ends);
  return days >= 1 && capital > 0 ? turnover / capital * 365 / days : NaN;
}
