import { callOperator } from "../../call_operator.ts";
import { checkCandleCall } from "../../check_call.ts";
import { close, high, low, Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { typicalPriceOperator } from "../candles/prices.ts";
import { sma } from "../averages/sma.ts";
import { meanDeviation } from "../statistics/mean_deviation.ts";

export const cciOperator = composite({
  name: "cci",
  inputs: ["number", "number", "number"],
  args: { window: windowRule() },
  expand(inputs, args) {
    const window = args.window as number | Numeric;
    const typical = new Numeric({ op: typicalPriceOperator.name, inputs });
    return typical.minus(sma(typical, window)).over(meanDeviation(typical, window).times(0.015));
  },
});

/**
 * Commodity channel index: how far the typical price lies from its mean over `window` rows, in units of 0.015
 * mean deviations (Lambert 1980; TA-Lib's CCI). Unknown where nothing moved.
 */
export function cci(window: number | Numeric = 20): Numeric {
  checkCandleCall("cci", arguments, 1);
  return callOperator(cciOperator, [high, low, close], { window });
}
