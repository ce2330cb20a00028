import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { ema } from "../averages/ema.ts";
import { roc } from "./roc.ts";

export const trixOperator = composite({
  name: "trix",
  version: 2,
  inputs: ["number"],
  args: { window: windowRule() },
  expand([x], args) {
    const window = args.window as number | Numeric;
    return roc(ema(ema(ema(x as Numeric, window), window), window), 1);
  },
});

/**
 * TRIX: how much, in percent, an exponential average of an average of an average rose since the row before
 * (Hutson 1983; TA-Lib's TRIX). First known at row `3 * (window - 1) + 1`.
 */
export function trix(x: Numeric, window: number | Numeric = 15): Numeric {
  checkCall("trix", arguments, 2);
  return callOperator(trixOperator, [x], { window });
}
