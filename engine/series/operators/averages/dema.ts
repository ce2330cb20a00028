import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { ema } from "./ema.ts";

export const demaOperator = composite({
  name: "dema",
  version: 2,
  inputs: ["number"],
  args: { window: windowRule() },
  expand([input], args) {
    const x = input as Numeric, window = args.window as number | Numeric;
    const once = ema(x, window);
    return once.times(2).minus(ema(once, window));
  },
});

/**
 * Double exponential moving average: twice the exponential average less its own exponential average
 * (Mulloy 1994; TA-Lib's DEMA). First known at row `2 * (window - 1)`.
 */
export function dema(x: Numeric, window: number | Numeric): Numeric {
  checkCall("dema", arguments, 2);
  return callOperator(demaOperator, [x], { window });
}
