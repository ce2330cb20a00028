import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { moments } from "./moments.ts";
import { overWindow } from "./over_window.ts";

export const kurtosisOperator = overWindow("kurtosis", 1, 4, ([x], i, window) => {
  const { second, fourth } = moments(x, i, window), n = window;
  if (second === 0) return NaN;
  return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (fourth / second ** 2 - 3) + 6);
});

/**
 * Excess kurtosis of the last `window` rows, corrected for the size of the sample (G₂, as pandas gives it): 0 for a
 * normal distribution. Unknown where nothing moved.
 */
export function kurtosis(x: Numeric, window: number | Numeric): Numeric {
  checkCall("kurtosis", arguments, 2);
  return callOperator(kurtosisOperator, [x], { window });
}
