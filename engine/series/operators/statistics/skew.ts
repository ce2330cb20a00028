import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { moments } from "./moments.ts";
import { overWindow } from "./over_window.ts";

export const skewOperator = overWindow("skew", 1, 3, ([x], i, window) => {
  const { second, third } = moments(x, i, window), n = window;
  return second === 0 ? NaN : Math.sqrt(n * (n - 1)) / (n - 2) * third / second ** 1.5;
});

/**
 * Skewness of the last `window` rows, corrected for the size of the sample (Fisher and Pearson's G₁, as pandas
 * gives it). Unknown where nothing moved.
 */
export function skew(x: Numeric, window: number | Numeric): Numeric {
  checkCall("skew", arguments, 2);
  return callOperator(skewOperator, [x], { window });
}
