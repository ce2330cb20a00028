import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { meanOf, overWindow } from "./over_window.ts";

export const meanDeviationOperator = overWindow("meanDeviation", 1, 1, ([x], i, window) => {
  const mean = meanOf(x, i, window);
  let sum = 0;
  for (let j = i - window + 1; j <= i; j++) sum += Math.abs(x[j] - mean);
  return sum / window;
});

/**
 * Mean absolute deviation of the last `window` rows from their mean.
 */
export function meanDeviation(x: Numeric, window: number | Numeric): Numeric {
  checkCall("meanDeviation", arguments, 2);
  return callOperator(meanDeviationOperator, [x], { window });
}
