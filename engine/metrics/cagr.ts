/**
 * Compound annual growth rate: (end / start)^(365 / days) − 1, a fraction. `days` is the real time
 * that passed, from the open of the first row to the close of the last; a year has 365.
 *
 * NaN for less than one day (an hour raised to a year says nothing) and where the power is too large
 * for a number. −1 only if equity really fell to 0 or below.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(cagr(10_000, 15_625, 730), 0.25); // 1.25 times, twice
 * ```
 */
export function cagr(start: number, end: number, days: number): number {
  if (!(days >= 1)) return NaN;
  if (end <= 0) return -1;
  const growth = (end / start) ** (365 / days);
  return growth < Infinity ? growth - 1 : NaN;
}
