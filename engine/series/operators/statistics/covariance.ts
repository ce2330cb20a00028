import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { overWindow, productsAround } from "./over_window.ts";

export const covarianceOperator = overWindow(
  "covariance",
  2,
  1,
  ([x, y], i, window) => productsAround(x, y, i, window) / window,
);

/**
 * Covariance of two series over the last `window` rows, as a population: the mean product of what they are off
 * their means.
 */
export function covariance(x: Numeric, y: Numeric, window: number | Numeric): Numeric {
  checkCall("covariance", arguments, 3);
  return callOperator(covarianceOperator, [x, y], { window });
}
