import { deviation } from "./deviation.ts";
import { mean } from "./mean.ts";
import { isRounding } from "./rounding.ts";
import type { MetricsSettings } from "./settings.ts";

/**
 * Information ratio, a year: the mean of the returns less the benchmark's over the deviation of these
 * differences, × √periodsPerYear. A pure number; NaN of fewer than two returns, and where the account
 * went with the benchmark all the way.
 *
 * Source: R. C. Grinold and R. N. Kahn, "Active Portfolio Management", 1999. (quantstats'
 * `information_ratio` and empyrical's `excess_sharpe` are those of one period, without the root.)
 */
export function informationRatio(
  returns: Float64Array,
  benchmark: Float64Array,
  { ddof, periodsPerYear }: MetricsSettings,
): number {
  const active = returns.map((value, i) => value - benchmark[i]);
  const spread = deviation(active, ddof);
  return isRounding(spread, 1) ? NaN : mean(active) / spread * Math.sqrt(periodsPerYear);
}
