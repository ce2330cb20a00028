import { beta } from "./beta.ts";
import { mean } from "./mean.ts";
import { type MetricsSettings, riskFreePerPeriod } from "./settings.ts";

/**
 * Jensen's alpha, a year: the mean excess return that the benchmark does not explain, a = mean(r − f)
 * − beta × mean(b − f), compounded to (1 + a)^periodsPerYear − 1. A fraction: 0 for the benchmark itself.
 * NaN where beta is, where a is not above −1, and where the power is too large for a number.
 *
 * Source: M. C. Jensen, "The Performance of Mutual Funds in the Period 1945–1964", Journal of Finance
 * 23(2), 1968; compounded as in empyrical. (quantstats gives a × periods, and knows no risk-free.)
 */
export function alpha(
  returns: Float64Array,
  benchmark: Float64Array,
  settings: MetricsSettings,
): number {
  const free = riskFreePerPeriod(settings), held = benchmark.subarray(0, returns.length);
  const unexplained = mean(returns) - free - beta(returns, benchmark) * (mean(held) - free);
  const growth = (1 + unexplained) ** settings.periodsPerYear;
  return unexplained > -1 && growth < Infinity ? growth - 1 : NaN;
}
