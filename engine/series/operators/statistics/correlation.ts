import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { overWindow, productsAround } from "./over_window.ts";

export const correlationOperator = overWindow("correlation", 2, 2, ([x, y], i, window) => {
  const xs = productsAround(x, x, i, window), ys = productsAround(y, y, i, window);
  if (xs === 0 || ys === 0) return NaN;
  const found = productsAround(x, y, i, window) / (Math.sqrt(xs) * Math.sqrt(ys));
  return Math.max(-1, Math.min(1, found));
});

/**
 * Pearson's correlation of two series over the last `window` rows, −1 to 1 (TA-Lib's CORREL). Unknown where one
 * of them stood still.
 */
export function correlation(x: Numeric, y: Numeric, window: number | Numeric): Numeric {
  checkCall("correlation", arguments, 3);
  return callOperator(correlationOperator, [x, y], { window });
}
