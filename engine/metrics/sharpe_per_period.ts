import { deviation } from "./deviation.ts";
import { mean } from "./mean.ts";
import { isRounding } from "./rounding.ts";
import { type MetricsSettings, riskFreePerPeriod } from "./settings.ts";

/**
 * Sharpe ratio of one period: mean excess return over the deviation of the returns. A pure number;
 * NaN of fewer than two returns, or if they do not vary.
 */
export function sharpePerPeriod(returns: Float64Array, settings: MetricsSettings): number {
  const spread = deviation(returns, settings.ddof);
  if (isRounding(spread, 1)) return NaN;
  return (mean(returns) - riskFreePerPeriod(settings)) / spread;
}
