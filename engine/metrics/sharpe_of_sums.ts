import { isRounding } from "./rounding.ts";
import { type MetricsSettings, riskFreePerPeriod } from "./settings.ts";

/** What a Sharpe ratio needs of returns: how many, their sum, and the sum of their squares. */
export interface ReturnSums {
  count: number;
  sum: number;
  squares: number;
}

/**
 * `sharpe` of returns of which only the sums are known: mean excess return / deviation ×
 * √periodsPerYear. NaN of fewer than two returns, or if they do not vary. Where returns are small beside
 * their deviation, as those of single candles are, the deviation of sums loses no digits.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { metricsSettings } from "./settings.ts";
 * import { sharpe } from "./sharpe.ts";
 * const sums = { count: 2, sum: 0.01 + 0.03, squares: 0.01 ** 2 + 0.03 ** 2 };
 * const plain = sharpe(Float64Array.of(0.01, 0.03), metricsSettings());
 * assert(Math.abs(sharpeOfSums(sums, metricsSettings()) - plain) < 1e-12);
 * ```
 */
export function sharpeOfSums(
  { count, sum, squares }: ReturnSums,
  settings: MetricsSettings,
): number {
  const { ddof, periodsPerYear } = settings;
  if (count < 2 || count <= ddof) return NaN;
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares - count * mean * mean) / (count - ddof));
  if (isRounding(deviation, 1)) return NaN;
  return (mean - riskFreePerPeriod(settings)) / deviation * Math.sqrt(periodsPerYear);
}
