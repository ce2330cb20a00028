import { quantile } from "./quantile.ts";
import { isRounding } from "./rounding.ts";

/**
 * Tail ratio: the size of the 95 % quantile of the returns over that of the 5 % one. A pure number:
 * above 1 where good days go further than bad ones. NaN of fewer than two returns, and where the
 * 5 % quantile is 0.
 *
 * Source: empyrical's and quantstats' `tail_ratio`.
 */
export function tailRatio(returns: Float64Array): number {
  const bad = Math.abs(quantile(returns, 0.05));
  if (returns.length < 2 || isRounding(bad, 1)) return NaN;
  return Math.abs(quantile(returns, 0.95)) / bad;
}
