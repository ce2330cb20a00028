import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { overWindow, productsAround } from "./over_window.ts";

export const betaOperator = overWindow("beta", 2, 2, ([x, y], i, window) => {
  const squares = productsAround(y, y, i, window);
  return squares === 0 ? NaN : productsAround(x, y, i, window) / squares;
});

/**
 * How much `x` moves when `y` moves by 1, over the last `window` rows: their covariance by the variance of `y`, the
 * slope of the straight line through them. Give it returns for the beta of one market against another. Unknown
 * where `y` stood still.
 */
export function beta(x: Numeric, y: Numeric, window: number | Numeric): Numeric {
  checkCall("beta", arguments, 3);
  return callOperator(betaOperator, [x, y], { window });
}
