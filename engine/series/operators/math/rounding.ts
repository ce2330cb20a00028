import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { callUnary, unary } from "./unary.ts";

export const roundOperator = unary("round", (x, out, from, to) => {
  for (let i = from; i < to; i++) out[i] = Math.sign(x[i]) * Math.round(Math.abs(x[i])) + 0;
});

/** The nearest whole number; halves away from zero. */
export function round(x: number | Numeric): Numeric {
  checkCall("round", arguments, 1);
  return callUnary(roundOperator, x);
}

export const floorOperator = unary("floor", (x, out, from, to) => {
  for (let i = from; i < to; i++) out[i] = Math.floor(x[i]) + 0;
});

/** The next whole number below, or the number itself if it is whole. */
export function floor(x: number | Numeric): Numeric {
  checkCall("floor", arguments, 1);
  return callUnary(floorOperator, x);
}
