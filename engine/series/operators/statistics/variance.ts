import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { overWindow, productsAround } from "./over_window.ts";

export const varianceOperator = overWindow(
  "variance",
  1,
  1,
  ([x], i, window) => productsAround(x, x, i, window) / window,
);

/**
 * Variance of the last `window` rows as a population: the mean square of what they are off their mean
 * (TA-Lib's VAR).
 */
export function variance(x: Numeric, window: number | Numeric): Numeric {
  checkCall("variance", arguments, 2);
  return callOperator(varianceOperator, [x], { window });
}
