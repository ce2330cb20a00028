import { callOutputs } from "../../call_outputs.ts";
import { checkCandleCall } from "../../check_call.ts";
import { high, low, type Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { highest, lowest } from "../statistics/extremes.ts";

export const donchianOperator = composite({
  name: "donchian",
  inputs: ["number", "number"],
  output: { upper: "number", middle: "number", lower: "number" },
  args: { window: windowRule() },
  expand([high, low], args) {
    const window = args.window as number | Numeric;
    const upper = highest(high as Numeric, window), lower = lowest(low as Numeric, window);
    return { upper, middle: upper.plus(lower).over(2), lower };
  },
});

/**
 * Donchian channel: the highest high and the lowest low of the last `window` candles, this one included, and
 * their middle. A breakout is seen against the channel of the row before: `close.above(lag(donchian(20).upper))`.
 */
export function donchian(
  window: number | Numeric = 20,
): Record<"upper" | "middle" | "lower", Numeric> {
  checkCandleCall("donchian", arguments, 1);
  return callOutputs(donchianOperator, [high, low], { window });
}
