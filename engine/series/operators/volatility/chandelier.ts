import { callOutputs } from "../../call_outputs.ts";
import { checkCandleCall } from "../../check_call.ts";
import { close, high, low, Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { atrOperator } from "./atr.ts";
import { highest, lowest } from "../statistics/extremes.ts";

export const chandelierOperator = composite({
  name: "chandelier",
  version: 2,
  inputs: ["number", "number", "number"],
  output: { long: "number", short: "number" },
  args: { window: windowRule(), width: { min: 0, max: 1_000 } },
  expand(inputs, args) {
    const [high, low] = inputs as Numeric[];
    const { window, width } = args as Record<string, number | Numeric>;
    const range = new Numeric({ op: atrOperator.name, inputs, args: { window } }).times(width);
    return {
      long: highest(high, window).minus(range),
      short: lowest(low, window).plus(range),
    };
  },
});

/**
 * Chandelier exit: `long` hangs `width` average true ranges below the highest high of the last `window` candles,
 * `short` stands as far above their lowest low (Le Beau).
 */
export function chandelier(
  window: number | Numeric = 22,
  width: number | Numeric = 3,
): Record<"long" | "short", Numeric> {
  checkCandleCall("chandelier", arguments, 2);
  return callOutputs(chandelierOperator, [high, low, close], { window, width });
}
