import { standardizedMoment } from "./standardized_moment.ts";

/**
 * Skewness of the period returns, corrected for bias: g₁ √(n(n − 1)) / (n − 2), where g₁ is the third
 * standardized moment. A pure number: negative where the bad surprises are the large ones. NaN of
 * fewer than three returns, and if they do not vary.
 *
 * Source: D. N. Joanes and C. A. Gill, "Comparing Measures of Sample Skewness and Kurtosis", The
 * Statistician 47(1), 1998, their G₁; pandas and quantstats have the same.
 */
export function skewness(returns: Float64Array): number {
  const n = returns.length;
  if (n < 3) return NaN;
  return standardizedMoment(returns, 3) * Math.sqrt(n * (n - 1)) / (n - 2);
}
