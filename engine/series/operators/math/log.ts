import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { callUnary, unary } from "./unary.ts";

export const logOperator = unary("log", (x, out, from, to) => {
  for (let i = from; i < to; i++) {
    if (x[i] > 0) out[i] = Math.log(x[i]);
    else out[i] = NaN;
  }
});

/** The natural logarithm; unknown for zero and below it. */
export function log(x: number | Numeric): Numeric {
  checkCall("log", arguments, 1);
  return callUnary(logOperator, x);
}
