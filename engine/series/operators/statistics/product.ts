import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { overWindow } from "./over_window.ts";

export const productOperator = overWindow("product", 1, 1, ([x], i, window) => {
  let product = 1;
  for (let j = i - window + 1; j <= i; j++) product *= x[j];
  return product;
});

/**
 * The product of the last `window` rows.
 */
export function product(x: Numeric, window: number | Numeric): Numeric {
  checkCall("product", arguments, 2);
  return callOperator(productOperator, [x], { window });
}
