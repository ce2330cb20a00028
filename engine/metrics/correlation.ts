import { centralMoment } from "./central_moment.ts";
import { covariance } from "./covariance.ts";
import { isRounding } from "./rounding.ts";

/**
 * Pearson's correlation of the returns with the benchmark's, −1 to 1; squared it is quantstats'
 * `r_squared`. NaN of fewer than two returns, and where either does not vary.
 */
export function correlation(returns: Float64Array, benchmark: Float64Array): number {
  const n = returns.length;
  const spreads = [returns, benchmark.subarray(0, n)].map((values) =>
    Math.sqrt(centralMoment(values, 2))
  );
  if (n < 2 || spreads.some((spread) => isRounding(spread, 1))) return NaN;
  const ratio = covariance(returns, benchmark) / (spreads[0] * spreads[1]);
  return Math.max(-1, Math.min(1, ratio)); // rounding may carry it a bit past
}
