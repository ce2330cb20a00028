/**
 * Returns of the equity from the end of one period to the end of the next, as fractions: the sample
 * under every ratio. The first starts from the initial balance; `ends` are those of `periodEquity`.
 *
 * - A day without rows returns 0: annualising by √365 presumes 365 returns a year, and the markets
 *   never close. The whole move over a gap falls on the day on which it ends.
 * - The first and the last day count in full even if rows cover only a part of them. Leaving them out
 *   would lose what was earned there; so the returns compound to the total return, always.
 * - The period in which equity falls to 0 or below is the last: nothing is left to earn a return on.
 *
 * Empty without rows.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(periodReturns(100, Float64Array.of(150, 75, 75)), Float64Array.of(0.5, -0.5, 0));
 * ```
 */
export function periodReturns(initialBalance: number, ends: Float64Array): Float64Array {
  const ruin = ends.findIndex((equity) => equity <= 0);
  const returns = ends.slice(0, ruin < 0 ? ends.length : ruin + 1);
  for (let i = 0, before = initialBalance; i < returns.length; i++) {
    const after = returns[i];
    returns[i] = (after - before) / before;
    before = after;
  }
  return returns;
}
