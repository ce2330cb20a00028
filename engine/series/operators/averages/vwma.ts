import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import { type Numeric, volume } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { sum } from "../statistics/sum.ts";

export const vwmaOperator = composite({
  name: "vwma",
  inputs: ["number", "number"],
  args: { window: windowRule() },
  expand([x, amount], args) {
    const window = args.window as number | Numeric;
    return sum((x as Numeric).times(amount as Numeric), window).over(
      sum(amount as Numeric, window),
    );
  },
});

/**
 * Volume-weighted moving average of the last `window` rows; unknown where nothing was traded in them.
 */
export function vwma(x: Numeric, window: number | Numeric): Numeric {
  checkCall("vwma", arguments, 2);
  return callOperator(vwmaOperator, [x, volume], { window });
}
