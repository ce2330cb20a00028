import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { callUnary, unary } from "./unary.ts";

export const sqrtOperator = unary("sqrt", (x, out, from, to) => {
  for (let i = from; i < to; i++) {
    if (x[i] >= 0) out[i] = Math.sqrt(x[i]) + 0;
    else out[i] = NaN;
  }
});

/** The square root; unknown below zero. */
export function sqrt(x: number | Numeric): Numeric {
  checkCall("sqrt", arguments, 1);
  return callUnary(sqrtOperator, x);
}
