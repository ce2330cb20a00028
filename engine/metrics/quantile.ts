/**
 * The value below which the fraction `at` (0 to 1) of the values lies, interpolated linearly between
 * the two nearest, in the unit of the values: NumPy's default, the seventh of R. J. Hyndman and
 * Y. Fan, "Sample Quantiles in Statistical Packages", American Statistician 50(4), 1996. NaN of no
 * values, and if one of them is.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(quantile([4, 1, 2, 3], 0.5), 2.5);
 * ```
 */
export function quantile(values: ArrayLike<number>, at: number): number {
  const sorted = Float64Array.from(values).sort(), last = sorted.length - 1;
  if (last < 0 || Number.isNaN(sorted[last])) return NaN; // sorting puts NaN behind all others
  const place = at * last, low = Math.floor(place), high = Math.min(low + 1, last);
  return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
}
