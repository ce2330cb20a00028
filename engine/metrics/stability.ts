import { correlation } from "./correlation.ts";

/**
 * Stability: how well a straight line fits the sum of the logarithms of 1 + return, as R², 0 to 1; 1 is
 * growth at a steady rate. NaN of fewer than two returns, where equity never moved, and where it was
 * lost.
 *
 * Source: empyrical's `stability_of_timeseries`.
 */
export function stability(returns: Float64Array): number {
  let sum = 0;
  const grown = returns.map((value) => sum += Math.log1p(value));
  return correlation(grown, grown.map((_, i) => i)) ** 2;
}
