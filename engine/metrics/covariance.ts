import { CompensatedSum } from "./compensated_sum.ts";
import { mean } from "./mean.ts";

/**
 * Mean product of the distances from their means of as many pairs as there are values in `a`, which has
 * no more of them than `b`. NaN of no pairs.
 */
export function covariance(a: Float64Array, b: Float64Array): number {
  const n = a.length, meanA = mean(a), meanB = mean(b.subarray(0, n));
  const sum = new CompensatedSum();
  for (let i = 0; i < n; i++) sum.add((a[i] - meanA) * (b[i] - meanB));
  return sum.value / n;
}
