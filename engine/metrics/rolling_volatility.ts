import { rolling } from "./rolling.ts";
import type { MetricsSettings } from "./settings.ts";
import { volatility } from "./volatility.ts";

/**
 * The volatility, a year, of each `window` period returns, as fractions: a column beside the returns,
 * and so beside `periodEnds`, NaN before there are enough. Throws an `InputError` unless `window` is a
 * whole number of 2 or more.
 */
export function rollingVolatility(
  returns: Float64Array,
  window: number,
  settings: MetricsSettings,
): Float64Array {
  return rolling(returns, window, (few) => volatility(few, settings));
}
