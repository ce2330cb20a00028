import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { change } from "../rows/change.ts";
import { abs } from "../math/abs.ts";
import { min } from "../math/extremes_of_two.ts";
import { sum } from "../statistics/sum.ts";
import { where } from "../conditions/where.ts";

export const efficiencyOperator = composite({
  name: "efficiency",
  inputs: ["number"],
  args: { window: windowRule() },
  expand([input], args) {
    const x = input as Numeric, window = args.window as number | Numeric;
    const way = sum(abs(change(x)), window), moved = abs(change(x, window));
    return where(way.above(0), min(moved.over(way), 1), 1);
  },
});

/**
 * Kaufman's efficiency ratio, 0 to 1: how far it got in `window` rows, as a share of the way that it went
 * (Kaufman 1995). It is 1 where nothing moved, as TA-Lib takes it.
 */
export function efficiency(x: Numeric, window: number | Numeric = 10): Numeric {
  checkCall("efficiency", arguments, 2);
  return callOperator(efficiencyOperator, [x], { window });
}
