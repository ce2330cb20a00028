import { normalQuantile } from "./normal_quantile.ts";
import type { MetricsSettings } from "./settings.ts";
import { sharpe } from "./sharpe.ts";
import { sharpeSpread } from "./sharpe_spread.ts";

/** Two Sharpe ratios, a year. */
export interface SharpeBounds {
  low: number;
  high: number;
}

/**
 * Between which two values the true Sharpe ratio lies with the settings' `confidence`, a year: the
 * ratio ± z √((1 − γ₃ SR + (γ₄ − 1) / 4 × SR²) / (n − 1)) × √periodsPerYear, where z leaves half of
 * the doubt on either side (1.96 for 0.95). NaN where the probabilistic Sharpe ratio is.
 *
 * Source: Bailey and López de Prado, as in `probabilisticSharpe`.
 */
export function sharpeBounds(returns: Float64Array, settings: MetricsSettings): SharpeBounds {
  const { periodsPerYear, confidence } = settings, ratio = sharpe(returns, settings);
  const error = Math.sqrt(sharpeSpread(returns, settings) / (returns.length - 1) * periodsPerYear);
  const away = normalQuantile((1 + confidence) / 2) * error;
  return { low: ratio - away, high: ratio + away };
}
