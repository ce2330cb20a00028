/**
 * Ulcer index: the root mean square of how far equity was below its peak at each period's end, the
 * initial balance being the first peak. A fraction: 0 if equity never closed lower. `ends` are those of
 * `periodEquity`; NaN without any.
 *
 * Source: P. G. Martin and B. B. McCann, "The Investor's Guide to Fidelity Funds", 1989. (quantstats
 * divides by n − 1 rather than n.)
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(ulcerIndex(100, Float64Array.of(50, 100, 200, 100)), Math.sqrt(0.5 / 4));
 * ```
 */
export function ulcerIndex(initialBalance: number, ends: Float64Array): number {
  let peak = initialBalance, sum = 0;
  for (let i = 0; i < ends.length; i++) {
    peak = Math.max(peak, ends[i]);
    sum += ((ends[i] - peak) / peak) ** 2;
  }
  return Math.sqrt(sum / ends.length);
}
