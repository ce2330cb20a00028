import { probabilisticSharpe } from "../../metrics/probabilistic_sharpe.ts";
import type { MetricsSettings } from "../../metrics/settings.ts";

/**
 * Deflated Sharpe ratio: the chance, 0 to 1, that the true Sharpe ratio of the best of many trials lies
 * above 0, where the best of as many that are no good would be expected to show `expected` (per period, as
 * `expectedBestSharpe` gives it). It is the probabilistic Sharpe ratio against that. NaN where that one is.
 *
 * Source: D. H. Bailey and M. López de Prado, "The Deflated Sharpe Ratio", Journal of Portfolio
 * Management 40(5), 2014.
 */
export function deflatedSharpe(
  returns: Float64Array,
  settings: MetricsSettings,
  expected: number,
): number {
  return probabilisticSharpe(returns, settings, expected);
}
