import { callOperator } from "../../call_operator.ts";
import { checkCandleCall } from "../../check_call.ts";
import { close, type Numeric, volume } from "../../expression.ts";
import { composite } from "../../operator.ts";
import { change } from "../rows/change.ts";
import { sign } from "../math/sign.ts";
import { total } from "./total.ts";

export const obvOperator = composite({
  name: "obv",
  inputs: ["number", "number"],
  expand: ([close, volume]) => total(sign(change(close as Numeric)).times(volume as Numeric)),
});

/**
 * On-balance volume since the run began: the volume of candles that rose, less that of those that fell (Granville 1963;
 * TA-Lib's OBV adds the first candle's).
 */
export function obv(): Numeric {
  checkCandleCall("obv", arguments, 0);
  return callOperator(obvOperator, [close, volume], {});
}
