import { normalCdf } from "../../engine/metrics/normal_cdf.ts";
import { normalQuantile } from "../../engine/metrics/normal_quantile.ts";

/** Days in a year, as the ratios have it. */
const YEAR = 365;

/**
 * How many deviations a Sharpe ratio a year over so many days lies above the one that luck's best is
 * expected to show: what the deflated Sharpe ratio is the normal distribution of, for returns that are
 * normally distributed.
 */
function above(sharpe: number, expected: number, days: number): number {
  const spread = 1 + sharpe ** 2 / YEAR / 2;
  return (sharpe - expected) / Math.sqrt(YEAR) * Math.sqrt((days - 1) / spread);
}

/**
 * Power: how often a set whose true Sharpe ratio is `sharpe` a year is found to have a deflated one above
 * `confidence`, were it always the best: Φ(deviations above what is expected − z). Each found
 * ratio lies about the true one with the deviation by which it is judged (A. W. Lo, "The Statistics of
 * Sharpe Ratios", Financial Analysts Journal 58(4), 2002).
 */
export function powerAlone(
  sharpe: number,
  expected: number,
  days: number,
  confidence = 0.95,
): number {
  return normalCdf(above(sharpe, expected, days) - normalQuantile(confidence));
}

/**
 * The same of the best of all sets, of which others share what is planted: the ratios that noise gave
 * them, search by search, and `sharpe` times each one's part of it.
 */
export function powerOfBest(
  sharpe: number,
  expected: number,
  days: number,
  { noise, parts }: { noise: readonly Float64Array[]; parts: Float64Array },
  confidence = 0.95,
): number {
  const least = normalQuantile(confidence);
  const found = noise.filter((ratios) => {
    const best = ratios.reduce((best, ratio, n) => Math.max(best, ratio + sharpe * parts[n]), -99);
    return above(best, expected, days) > least;
  });
  return found.length / noise.length;
}
