import { standardizedMoment } from "./standardized_moment.ts";

/**
 * Excess kurtosis of the period returns, corrected for bias: ((n + 1)(g₄ − 3) + 6) (n − 1) /
 * ((n − 2)(n − 3)), where g₄ is the fourth standardized moment. A pure number: 0 for normal returns,
 * above it where extremes are more frequent. NaN of fewer than four returns, and if they do not vary.
 *
 * Source: Joanes and Gill, as in `skewness`, their G₂; pandas and quantstats have the same.
 */
export function excessKurtosis(returns: Float64Array): number {
  const n = returns.length;
  if (n < 4) return NaN;
  const biased = standardizedMoment(returns, 4) - 3;
  return ((n + 1) * biased + 6) * (n - 1) / ((n - 2) * (n - 3));
}
