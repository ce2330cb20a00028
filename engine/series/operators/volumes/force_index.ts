import { callOperator } from "../../call_operator.ts";
import { checkCandleCall } from "../../check_call.ts";
import { close, type Numeric, volume } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { change } from "../rows/change.ts";
import { ema } from "../averages/ema.ts";

export const forceIndexOperator = composite({
  name: "forceIndex",
  version: 2,
  inputs: ["number", "number"],
  args: { window: windowRule() },
  expand: ([close, volume], args) =>
    ema(change(close as Numeric).times(volume as Numeric), args.window as number | Numeric),
});

/** Force index: the exponential average, over `window` rows, of a candle's move times its volume (Elder 1993). */
export function forceIndex(window: number | Numeric = 13): Numeric {
  checkCandleCall("forceIndex", arguments, 1);
  return callOperator(forceIndexOperator, [close, volume], { window });
}
