import { callOperator } from "../../call_operator.ts";
import { checkCandleCall } from "../../check_call.ts";
import { close, high, low, Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { wilder } from "../averages/wilder.ts";

export const atrOperator = composite({
  name: "atr",
  version: 2,
  inputs: ["number", "number", "number"],
  args: { window: windowRule() },
  expand: (inputs, { window }) =>
    wilder(new Numeric({ op: "trueRange", inputs }), window as number | Numeric),
});

/** Average true range: Wilder's average of the true range, first known at row `window`. */
export function atr(window: number | Numeric = 14): Numeric {
  checkCandleCall("atr", arguments, 1);
  return callOperator(atrOperator, [high, low, close], { window });
}
