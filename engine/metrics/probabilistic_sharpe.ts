import { centralMoment } from "./central_moment.ts";
import { normalCdf } from "./normal_cdf.ts";
import type { MetricsSettings } from "./settings.ts";
import { sharpePerPeriod } from "./sharpe_per_period.ts";

/** The kurtosis of two or three values is a constant, whatever they are. */
const FEWEST = 4;

/**
 * Probabilistic Sharpe ratio: the chance, 0 to 1, that the true Sharpe ratio lies above `benchmark`,
 * given how many returns there are and how skewed and fat-tailed they came:
 * Φ((SR − SR₀) √(n − 1) / √(1 − γ₃ SR + (γ₄ − 1) / 4 × SR²)). SR and the `benchmark` SR₀ are per
 * period, not per year; γ₃ and γ₄ are the biased skewness and the kurtosis (3 for a normal one).
 *
 * NaN of fewer than four returns, or if they do not vary.
 *
 * Source: D. H. Bailey and M. López de Prado, "The Sharpe Ratio Efficient Frontier", Journal of Risk
 * 15(2), 2012.
 */
export function probabilisticSharpe(
  returns: Float64Array,
  settings: MetricsSettings,
  benchmark = 0,
): number {
  const n = returns.length, ratio = sharpePerPeriod(returns, settings);
  if (n < FEWEST) return NaN;
  const variance = centralMoment(returns, 2);
  const skewness = centralMoment(returns, 3) / variance ** 1.5;
  const kurtosis = centralMoment(returns, 4) / variance ** 2;
  const spread = 1 - skewness * ratio + (kurtosis - 1) / 4 * ratio ** 2;
  return spread > 0 ? normalCdf((ratio - benchmark) * Math.sqrt((n - 1) / spread)) : NaN;
}
