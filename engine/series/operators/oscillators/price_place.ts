import { callOperator } from "../../call_operator.ts";
import { checkCandleCall } from "../../check_call.ts";
import { close, high, low, type Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { highest, lowest } from "../statistics/extremes.ts";

export const pricePlaceOperator = composite({
  name: "pricePlace",
  inputs: ["number", "number", "number"],
  args: { window: windowRule() },
  expand([high, low, close], args) {
    const window = args.window as number | Numeric;
    const top = highest(high as Numeric, window), bottom = lowest(low as Numeric, window);
    return (close as Numeric).minus(bottom).over(top.minus(bottom));
  },
});

/**
 * Where the close lies between the lowest low (0) and the highest high (1) of the last `window` candles;
 * unknown where these are one price.
 */
export function pricePlace(window: number | Numeric = 14): Numeric {
  checkCandleCall("pricePlace", arguments, 1);
  return callOperator(pricePlaceOperator, [high, low, close], { window });
}
