import { normalQuantile } from "./normal_quantile.ts";
import type { MetricsSettings } from "./settings.ts";
import { sharpePerPeriod } from "./sharpe_per_period.ts";
import { sharpeSpread } from "./sharpe_spread.ts";

/**
 * Minimum track record length: how many returns like these it takes until the chance that the true
 * Sharpe ratio lies above `benchmark` reaches the settings' `confidence`:
 * 1 + (1 − γ₃ SR + (γ₄ − 1) / 4 × SR²) (z / (SR − SR₀))², where z is the normal quantile of the
 * confidence. SR and the `benchmark` SR₀ are per period. Fractions included; NaN where the probabilistic
 * Sharpe ratio is, and where SR is not above SR₀: no number of them would do.
 *
 * Source: Bailey and López de Prado, as in `probabilisticSharpe`.
 */
export function minimumTrackRecord(
  returns: Float64Array,
  settings: MetricsSettings,
  benchmark = 0,
): number {
  const above = sharpePerPeriod(returns, settings) - benchmark;
  if (!(above > 0)) return NaN;
  const z = normalQuantile(settings.confidence);
  return 1 + sharpeSpread(returns, settings) * (z / above) ** 2;
}
