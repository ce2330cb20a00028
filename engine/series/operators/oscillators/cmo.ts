import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { change } from "../rows/change.ts";
import { abs } from "../math/abs.ts";
import { sum } from "../statistics/sum.ts";

export const cmoOperator = composite({
  name: "cmo",
  inputs: ["number"],
  args: { window: windowRule() },
  expand([input], args) {
    const x = input as Numeric, window = args.window as number | Numeric;
    return change(x, window).over(sum(abs(change(x)), window)).times(100);
  },
});

/**
 * Chande's momentum oscillator, −100 to 100: the gains of `window` rows less their losses, as a share of
 * both (Chande and Kroll 1994). TA-Lib's CMO takes Wilder's averages instead of sums. Unknown where
 * nothing moved.
 */
export function cmo(x: Numeric, window: number | Numeric = 14): Numeric {
  checkCall("cmo", arguments, 2);
  return callOperator(cmoOperator, [x], { window });
}
