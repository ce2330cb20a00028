import { centralMoment } from "./central_moment.ts";

/**
 * Standard deviation, √(Σ(x − mean)² / (n − ddof)), in the unit of the values. NaN of fewer than two
 * values, or of no more than `ddof`.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(deviation([2, 4, 4, 4, 5, 5, 7, 9], 0), 2);
 * assert.equal(deviation([2], 0), NaN);
 * ```
 */
export function deviation(values: ArrayLike<number>, ddof: number): number {
  const n = values.length;
  if (n < 2 || n <= ddof) return NaN;
  return Math.sqrt(centralMoment(values, 2) * n / (n - ddof));
}
