import { callOperator } from "../../call_operator.ts";
import { checkCandleCall, namedSettings } from "../../check_call.ts";
import { close, high, low, Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { lag } from "../rows/lag.ts";
import { min } from "../math/extremes_of_two.ts";
import { sum } from "../statistics/sum.ts";
import { trueRangeOperator } from "../volatility/true_range.ts";

export const ultimateOperator = composite({
  name: "ultimate",
  inputs: ["number", "number", "number"],
  args: { fast: windowRule(), middle: windowRule(), slow: windowRule() },
  expand(inputs, args) {
    const [, low, close] = inputs as Numeric[];
    const { fast, middle, slow } = args as Record<string, number | Numeric>;
    const range = new Numeric({ op: trueRangeOperator.name, inputs });
    const bought = close.minus(min(low, lag(close)));
    const share = (window: number | Numeric) => sum(bought, window).over(sum(range, window));
    return share(fast).times(4).plus(share(middle).times(2)).plus(share(slow)).times(100).over(7);
  },
});

/**
 * Ultimate oscillator, 0 to 100: what was gained from each candle's true low, as a share of its true range, over
 * three windows that weigh 4, 2 and 1 (Williams 1976; TA-Lib's ULTOSC).
 */
export function ultimate(
  windows: {
    fast?: number | Numeric;
    middle?: number | Numeric;
    slow?: number | Numeric;
  } = {},
): Numeric {
  const args = namedSettings("ultimate", windows, { fast: 7, middle: 14, slow: 28 });
  checkCandleCall("ultimate", arguments, 1);
  return callOperator(ultimateOperator, [high, low, close], args);
}
