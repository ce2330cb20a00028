import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { callUnary, unary } from "./unary.ts";

export const signOperator = unary("sign", (x, out, from, to) => {
  for (let i = from; i < to; i++) out[i] = Math.sign(x[i]) + 0;
});

/** 1 above zero, −1 below it, and 0. */
export function sign(x: number | Numeric): Numeric {
  checkCall("sign", arguments, 1);
  return callUnary(signOperator, x);
}
