import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import { elementwise, Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { lag } from "../rows/lag.ts";
import { floor } from "../math/rounding.ts";
import { sma } from "../averages/sma.ts";

export const dpoOperator = composite({
  name: "dpo",
  inputs: ["number"],
  args: { window: windowRule() },
  expand([input], args) {
    const x = input as Numeric, window = args.window as number | Numeric;
    const half = floor(new Numeric(elementwise("divide", window, 2)));
    return lag(x, half.plus(1)).minus(sma(x, window));
  },
});

/**
 * Detrended price oscillator: the value of half a window and one row ago, less the mean of the last `window`
 * rows. Charts often draw it back by as many rows, where it was not known yet.
 */
export function dpo(x: Numeric, window: number | Numeric = 20): Numeric {
  checkCall("dpo", arguments, 2);
  return callOperator(dpoOperator, [x], { window });
}
