import { callOperator } from "../../call_operator.ts";
import { checkCandleCall } from "../../check_call.ts";
import { close, high, low, Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { pricePlaceOperator } from "./price_place.ts";

export const williamsROperator = composite({
  name: "williamsR",
  inputs: ["number", "number", "number"],
  args: { window: windowRule() },
  expand: (inputs, { window }) =>
    new Numeric({ op: pricePlaceOperator.name, inputs, args: { window } }).minus(1).times(100),
});

/**
 * Williams %R, −100 to 0: how far the close lies below the highest high of the last `window` candles, as a
 * share of their range (TA-Lib's WILLR). Unknown where they are one price.
 */
export function williamsR(window: number | Numeric = 14): Numeric {
  checkCandleCall("williamsR", arguments, 1);
  return callOperator(williamsROperator, [high, low, close], { window });
}
