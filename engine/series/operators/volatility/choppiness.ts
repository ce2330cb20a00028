import { callOperator } from "../../call_operator.ts";
import { checkCandleCall } from "../../check_call.ts";
import { close, elementwise, high, low, Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { highest, lowest } from "../statistics/extremes.ts";
import { lag } from "../rows/lag.ts";
import { max, min } from "../math/extremes_of_two.ts";
import { log } from "../math/log.ts";
import { sum } from "../statistics/sum.ts";
import { trueRangeOperator } from "./true_range.ts";

export const choppinessOperator = composite({
  name: "choppiness",
  inputs: ["number", "number", "number"],
  args: { window: windowRule(2) },
  expand(inputs, args) {
    const [high, low, close] = inputs as Numeric[], window = args.window as number | Numeric;
    const ranges = sum(new Numeric({ op: trueRangeOperator.name, inputs }), window);
    const top = highest(max(high, lag(close)), window),
      bottom = lowest(min(low, lag(close)), window);
    const share = log(ranges.over(top.minus(bottom)));
    return share.times(100).over(new Numeric(elementwise("log", window)));
  },
});

/**
 * Choppiness index, 0 (one direction) to 100 (back and forth): the true ranges of `window` candles as a multiple of
 * the range of all of them, on a logarithmic scale (Dreiss 1992; true highs and lows, as Stock.Indicators takes
 * them, where TradingView takes highs and lows). Unknown where nothing moved.
 */
export function choppiness(window: number | Numeric = 14): Numeric {
  checkCandleCall("choppiness", arguments, 1);
  return callOperator(choppinessOperator, [high, low, close], { window });
}
