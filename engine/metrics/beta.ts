import { covariance } from "./covariance.ts";
import { centralMoment } from "./central_moment.ts";
import { isRounding } from "./rounding.ts";

/**
 * Beta: how much the returns move with the benchmark's, covariance / variance of the benchmark. A pure
 * number: 1 for the benchmark itself. NaN of fewer than two returns, and where the benchmark does not
 * vary.
 *
 * Source: W. F. Sharpe, "Capital Asset Prices", Journal of Finance 19(3), 1964.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * const held = Float64Array.of(0.25, -0.5, 0.25);
 * assert.equal(beta(held.map((value) => value / 2), held), 0.5);
 * ```
 */
export function beta(returns: Float64Array, benchmark: Float64Array): number {
  const n = returns.length, variance = centralMoment(benchmark.subarray(0, n), 2);
  if (n < 2 || isRounding(Math.sqrt(variance), 1)) return NaN;
  return covariance(returns, benchmark) / variance;
}
