import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { deviation } from "./deviation.ts";
import { sma } from "../averages/sma.ts";

export const zScoreOperator = composite({
  name: "zScore",
  version: 2,
  inputs: ["number"],
  args: { window: windowRule() },
  expand([input], args) {
    const x = input as Numeric, window = args.window as number | Numeric;
    return x.minus(sma(x, window)).over(deviation(x, window));
  },
});

/**
 * How many standard deviations (as a population) a series lies from its mean over the last `window` rows. Unknown
 * where nothing moved.
 */
export function zScore(x: Numeric, window: number | Numeric): Numeric {
  checkCall("zScore", arguments, 2);
  return callOperator(zScoreOperator, [x], { window });
}
