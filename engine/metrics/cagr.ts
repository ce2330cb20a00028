/** Days below which growth is not raised to a year. */
const LEAST_DAYS = 30;

/**
 * Compound annual growth rate: (end / start)^(365 / days) − 1, a fraction. `days` is the real time
 * that passed, from the open of the first row to the close of the last; a year has 365.
 *
 * NaN for less than 30 days: what a few good days would come to if a year were made of nothing else says
 * nothing of a year (5 % in a week would be more than 1,000 %, raised to the 52nd power). NaN, too, where
 * the power is too large for a number. −1 only if equity really fell to 0 or below, however soon.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(cagr(10_000, 15_625, 730), 0.25); // 1.25 times, twice
 * assert.equal(cagr(10_000, 10_500, 7), NaN);
 * ```
 */
export function cagr(start: number, end: number, days: number): number {
  if (days > 0 && end <= 0) return -1;
  if (!(days >= LEAST_DAYS)) return NaN;
  const growth = (end / start) ** (365 / days);
  return growth < Infinity ? growth - 1 : NaN;
}
