import { callOperator } from "../../call_operator.ts";
import { checkCandleCall } from "../../check_call.ts";
import { close, high, low, Numeric, volume } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { typicalPriceOperator } from "../candles/prices.ts";
import { change } from "../rows/change.ts";
import { sum } from "../statistics/sum.ts";
import { where } from "../conditions/where.ts";

export const mfiOperator = composite({
  name: "mfi",
  inputs: ["number", "number", "number", "number"],
  args: { window: windowRule() },
  expand([high, low, close, amount], args) {
    const window = args.window as number | Numeric;
    const typical = new Numeric({ op: typicalPriceOperator.name, inputs: [high, low, close] });
    const flow = typical.times(amount as Numeric), moved = change(typical);
    const up = sum(where(moved.above(0), flow, 0), window);
    const down = sum(where(moved.below(0), flow, 0), window);
    return up.over(up.plus(down)).times(100);
  },
});

/**
 * Money flow index, 0 to 100: of the money that changed hands in `window` candles, the share of those whose
 * typical price rose (Quong and Soudack 1989; TA-Lib's MFI). Unknown where no money moved the price.
 */
export function mfi(window: number | Numeric = 14): Numeric {
  checkCandleCall("mfi", arguments, 1);
  return callOperator(mfiOperator, [high, low, close, volume], { window });
}
