import { callOutputs } from "../../call_outputs.ts";
import { checkCandleCall } from "../../check_call.ts";
import { close, high, low, Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { lag } from "../rows/lag.ts";
import { abs } from "../math/abs.ts";
import { sum } from "../statistics/sum.ts";
import { trueRangeOperator } from "../volatility/true_range.ts";

export const vortexOperator = composite({
  name: "vortex",
  inputs: ["number", "number", "number"],
  output: { plus: "number", minus: "number" },
  args: { window: windowRule() },
  expand(inputs, args) {
    const [high, low] = inputs as Numeric[], window = args.window as number | Numeric;
    const ranges = sum(new Numeric({ op: trueRangeOperator.name, inputs }), window);
    const share = (moves: Numeric) => sum(abs(moves), window).over(ranges);
    return { plus: share(high.minus(lag(low))), minus: share(low.minus(lag(high))) };
  },
});

/**
 * Vortex indicator: the ways from each low to the next high (`plus`) and from each high to the next low (`minus`) over
 * `window` candles, by their true ranges (Botes and Siepman 2010).
 */
export function vortex(window: number | Numeric = 14): Record<"plus" | "minus", Numeric> {
  checkCandleCall("vortex", arguments, 1);
  return callOutputs(vortexOperator, [high, low, close], { window });
}
