import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { ema } from "./ema.ts";

export const temaOperator = composite({
  name: "tema",
  version: 2,
  inputs: ["number"],
  args: { window: windowRule() },
  expand([input], args) {
    const x = input as Numeric, window = args.window as number | Numeric;
    const once = ema(x, window), twice = ema(once, window);
    return once.minus(twice).times(3).plus(ema(twice, window));
  },
});

/**
 * Triple exponential moving average: 3·(e₁ − e₂) + e₃ of an average, its average and that one's (Mulloy
 * 1994; TA-Lib's TEMA). First known at row `3 * (window - 1)`.
 */
export function tema(x: Numeric, window: number | Numeric): Numeric {
  checkCall("tema", arguments, 2);
  return callOperator(temaOperator, [x], { window });
}
