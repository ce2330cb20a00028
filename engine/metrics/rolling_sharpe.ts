import { rolling } from "./rolling.ts";
import type { MetricsSettings } from "./settings.ts";
import { sharpe } from "./sharpe.ts";

/**
 * The Sharpe ratio, a year, of each `window` period returns: a column beside the returns, and so beside
 * `periodEnds`, NaN before there are enough and where they do not vary. Throws an `InputError` unless
 * `window` is a whole number of 2 or more.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { metricsSettings } from "./settings.ts";
 * const settings = metricsSettings({ periodsPerYear: 2 }); // mean 0.02, deviation 0.01 × √2
 * const ratios = rollingSharpe(Float64Array.of(0.01, 0.03, 0.03), 2, settings);
 * assert.deepEqual(Array.from(ratios, (ratio) => ratio.toFixed(9)), ["NaN", "2.000000000", "NaN"]);
 * ```
 */
export function rollingSharpe(
  returns: Float64Array,
  window: number,
  settings: MetricsSettings,
): Float64Array {
  return rolling(returns, window, (few) => sharpe(few, settings));
}
