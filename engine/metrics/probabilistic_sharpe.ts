import { normalCdf } from "./normal_cdf.ts";
import type { MetricsSettings } from "./settings.ts";
import { sharpePerPeriod } from "./sharpe_per_period.ts";
import { sharpeSpread } from "./sharpe_spread.ts";

/**
 * Probabilistic Sharpe ratio: the chance, 0 to 1, that the true Sharpe ratio lies above `benchmark`,
 * given how many returns there are and how skewed and fat-tailed they came:
 * Φ((SR − SR₀) √(n − 1) / √(1 − γ₃ SR + (γ₄ − 1) / 4 × SR²)). SR and the `benchmark` SR₀ are per
 * period, not per year; γ₃ and γ₄ are the biased skewness and the kurtosis (3 for a normal one).
 *
 * NaN of fewer than four returns, or if they do not vary. (quantstats takes γ₃ and γ₄ corrected for
 * bias, which the paper does not.)
 *
 * Source: D. H. Bailey and M. López de Prado, "The Sharpe Ratio Efficient Frontier", Journal of Risk
 * 15(2), 2012.
 */
export function probabilisticSharpe(
  returns: Float64Array,
  settings: MetricsSettings,
  benchmark = 0,
): number {
  const ratio = sharpePerPeriod(returns, settings), spread = sharpeSpread(returns, settings);
  return normalCdf((ratio - benchmark) * Math.sqrt((returns.length - 1) / spread));
}
