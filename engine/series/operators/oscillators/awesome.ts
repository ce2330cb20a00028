import { callOperator } from "../../call_operator.ts";
import { checkCandleCall, namedSettings } from "../../check_call.ts";
import { high, low, Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { medianPrice } from "../candles/prices.ts";
import { sma } from "../averages/sma.ts";

export const awesomeOperator = composite({
  name: "awesome",
  inputs: ["number", "number"],
  args: { fast: windowRule(), slow: windowRule() },
  expand(inputs, args) {
    const { fast, slow } = args as Record<string, number | Numeric>;
    const middle = new Numeric({ op: medianPrice().op, inputs });
    return sma(middle, fast).minus(sma(middle, slow));
  },
});

/** Awesome oscillator: the mean of the candles' middles over `fast` rows, less that over `slow` (Williams). */
export function awesome(
  windows: { fast?: number | Numeric; slow?: number | Numeric } = {},
): Numeric {
  const args = namedSettings("awesome", windows, { fast: 5, slow: 34 });
  checkCandleCall("awesome", arguments, 1);
  return callOperator(awesomeOperator, [high, low], args);
}
