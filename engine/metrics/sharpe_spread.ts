import type { MetricsSettings } from "./settings.ts";
import { sharpePerPeriod } from "./sharpe_per_period.ts";
import { standardizedMoment } from "./standardized_moment.ts";

/** The kurtosis of two or three values is a constant, whatever they are. */
const FEWEST = 4;

/**
 * How uncertain a Sharpe ratio of one period is: 1 − γ₃ SR + (γ₄ − 1) / 4 × SR², n − 1 times its
 * variance. γ₃ and γ₄ are the biased skewness and the kurtosis (3 for a normal one). A pure number;
 * NaN of fewer than four returns, or if they do not vary.
 *
 * Source: E. Mertens, "Comments on Variance of the IID Estimator in Lo (2002)", 2002; used by Bailey
 * and López de Prado (see `probabilisticSharpe`).
 */
export function sharpeSpread(returns: Float64Array, settings: MetricsSettings): number {
  if (returns.length < FEWEST) return NaN;
  const ratio = sharpePerPeriod(returns, settings);
  const skewness = standardizedMoment(returns, 3), kurtosis = standardizedMoment(returns, 4);
  const spread = 1 - skewness * ratio + (kurtosis - 1) / 4 * ratio ** 2;
  return spread > 0 ? spread : NaN;
}
