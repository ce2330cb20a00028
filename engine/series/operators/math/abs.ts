import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { callUnary, unary } from "./unary.ts";

export const absOperator = unary("abs", (x, out, from, to) => {
  for (let i = from; i < to; i++) out[i] = Math.abs(x[i]);
});

/** The size of a number, without its sign. */
export function abs(x: number | Numeric): Numeric {
  checkCall("abs", arguments, 1);
  return callUnary(absOperator, x);
}
