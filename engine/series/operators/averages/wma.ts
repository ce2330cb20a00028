import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { kernel, windowRule } from "../../operator.ts";
import { fillLinearSums, LINEAR_SUM_SLOTS } from "./linear_sums.ts";

export const wmaOperator = kernel({
  name: "wma",
  inputs: ["number"],
  args: { window: windowRule() },
  exact: true,
  timed: true,
  lookback: ({ window }) => window,
  stateSize: () => LINEAR_SUM_SLOTS,
  fill([x], [out], state, from, to, context) {
    const { window } = context.args, weights = window * (window + 1) / 2;
    const divisor = weights * fillLinearSums(x, { weighted: out }, state, from, to, context);
    for (let i = from; i < to; i++) out[i] /= divisor;
  },
});

/**
 * Weighted moving average: the newest of the last `window` rows weighs `window`, the oldest 1 (TA-Lib's
 * WMA). Exact over candle prices.
 */
export function wma(x: Numeric, window: number | Numeric): Numeric {
  checkCall("wma", arguments, 2);
  return callOperator(wmaOperator, [x], { window });
}
