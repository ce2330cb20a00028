import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { kernel, windowRule } from "../../operator.ts";
import { fillWindowSums, WINDOW_SUM_SLOTS } from "../statistics/window_sum.ts";

export const smaOperator = kernel({
  name: "sma",
  inputs: ["number"],
  args: { window: windowRule() },
  exact: true,
  timed: true,
  lookback: ({ window }) => window,
  stateSize: () => WINDOW_SUM_SLOTS,
  fill: ([x], [out], state, from, to, context) =>
    fillWindowSums(x, out, state, from, to, context, context.args.window),
});

/**
 * Simple moving average: the mean of the last `window` rows. Over candle prices it is the exact sum
 * of ticks with one division, so that equal averages are equal bits.
 */
export function sma(x: Numeric, window: number | Numeric): Numeric {
  checkCall("sma", arguments, 2);
  return callOperator(smaOperator, [x], { window });
}

/** The mean of the last `window` rows: another name of `sma`. */
export const mean = sma;
