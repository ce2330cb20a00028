import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { kernel, windowRule } from "../../operator.ts";
import { fillWindowSums, WINDOW_SUM_SLOTS } from "./window_sum.ts";

export const sumOperator = kernel({
  name: "sum",
  inputs: ["number"],
  args: { window: windowRule() },
  exact: true,
  timed: true,
  lookback: ({ window }) => window,
  stateSize: () => WINDOW_SUM_SLOTS,
  fill: ([x], [out], state, from, to, context) =>
    fillWindowSums(x, out, state, from, to, context, 1),
});

/** The sum of the last `window` rows; exact over candle prices. */
export function sum(x: Numeric, window: number | Numeric): Numeric {
  checkCall("sum", arguments, 2);
  return callOperator(sumOperator, [x], { window });
}
