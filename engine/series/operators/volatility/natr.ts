import { callOperator } from "../../call_operator.ts";
import { checkCandleCall } from "../../check_call.ts";
import { close, high, low, Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { atrOperator } from "./atr.ts";

export const natrOperator = composite({
  name: "natr",
  version: 2,
  inputs: ["number", "number", "number"],
  args: { window: windowRule() },
  expand: (inputs, { window }) =>
    new Numeric({ op: atrOperator.name, inputs, args: { window } }).over(inputs[2] as Numeric)
      .times(100),
});

/** Average true range in percent of the close (TA-Lib's NATR). */
export function natr(window: number | Numeric = 14): Numeric {
  checkCandleCall("natr", arguments, 1);
  return callOperator(natrOperator, [high, low, close], { window });
}
