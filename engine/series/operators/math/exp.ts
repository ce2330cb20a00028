import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { callUnary, unary } from "./unary.ts";

export const expOperator = unary("exp", (x, out, from, to) => {
  for (let i = from; i < to; i++) out[i] = Math.exp(x[i]);
});

/** e to the power of a number; infinite above 709. */
export function exp(x: number | Numeric): Numeric {
  checkCall("exp", arguments, 1);
  return callUnary(expOperator, x);
}
