import { checkCall } from "../../check_call.ts";
import { elementwise, Numeric } from "../../expression.ts";
import { elementwise as kernelOf } from "./elementwise.ts";

export const minOperator = kernelOf("number", "min", (a, b, out, from, to) => {
  for (let i = from; i < to; i++) {
    out[i] = NaN;
    if (a[i] <= b[i]) out[i] = a[i];
    else if (b[i] < a[i]) out[i] = b[i];
  }
});

export const maxOperator = kernelOf("number", "max", (a, b, out, from, to) => {
  for (let i = from; i < to; i++) {
    out[i] = NaN;
    if (a[i] >= b[i]) out[i] = a[i];
    else if (b[i] > a[i]) out[i] = b[i];
  }
});

/** The lesser of two numbers of a row; unknown if one is. `lowest` looks at several rows. */
export function min(a: number | Numeric, b: number | Numeric): Numeric {
  checkCall("min", arguments, 2);
  return new Numeric(elementwise(minOperator.name, a, b));
}

/** The greater of two numbers of a row; unknown if one is. `highest` looks at several rows. */
export function max(a: number | Numeric, b: number | Numeric): Numeric {
  checkCall("max", arguments, 2);
  return new Numeric(elementwise(maxOperator.name, a, b));
}
