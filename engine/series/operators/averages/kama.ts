import { callOperator } from "../../call_operator.ts";
import { checkCall, namedSettings } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { emaWeightOf } from "./ema.ts";
import { adaptive } from "./adaptive.ts";
import { efficiency } from "./efficiency.ts";

export const kamaOperator = composite({
  name: "kama",
  inputs: ["number"],
  args: { window: windowRule(), fast: windowRule(), slow: windowRule() },
  expand([input], args) {
    const x = input as Numeric, { window, fast, slow } = args as Record<string, number | Numeric>;
    const slowest = emaWeightOf(slow), span = emaWeightOf(fast).minus(slowest);
    const weight = efficiency(x, window).times(span).plus(slowest);
    return adaptive(x, weight.times(weight));
  },
});

/**
 * Kaufman's adaptive moving average: the better the market moves in one direction over `window` rows, the
 * closer the average follows it, between the weights of exponential averages over `fast` and `slow` rows
 * (Kaufman 1995; TA-Lib's KAMA). First known at row `window`.
 */
export function kama(
  x: Numeric,
  windows: {
    window?: number | Numeric;
    fast?: number | Numeric;
    slow?: number | Numeric;
  } = {},
): Numeric {
  const args = namedSettings("kama", windows, { window: 10, fast: 2, slow: 30 });
  checkCall("kama", arguments, 2);
  return callOperator(kamaOperator, [x], args);
}
