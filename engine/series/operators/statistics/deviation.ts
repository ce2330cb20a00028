import { callOperator } from "../../call_operator.ts";
import type { Numeric } from "../../expression.ts";
import { kernel, windowRule } from "../../operator.ts";
import { fillWindowSums, WINDOW_SUM_SLOTS } from "./window_sum.ts";

export const deviationOperator = kernel({
  name: "deviation",
  inputs: ["number"],
  args: { window: windowRule() },
  exact: true,
  lookback: ({ window }) => window,
  stateSize: () => WINDOW_SUM_SLOTS,
  fill([x], [out], state, from, to, context) {
    const { window } = context.args;
    fillWindowSums(x, out, state, from, to, context, window);
    for (let i = from; i < to; i++) out[i] = aroundMean(x, out[i], i, window);
  },
});

/** Two passes over the window: one over running squares would lose all digits on a calm market. */
function aroundMean(x: Float64Array, mean: number, i: number, window: number): number {
  if (mean !== mean) return NaN;
  let squares = 0;
  for (let j = i - window + 1; j <= i; j++) {
    const off = x[j] - mean;
    squares += off * off;
  }
  return Math.sqrt(squares / window);
}

/**
 * Standard deviation of the last `window` rows as a population (divided by `window`), as Bollinger
 * bands take it.
 */
export function deviation(x: Numeric, window: number | Numeric): Numeric {
  return callOperator(deviationOperator, [x], { window });
}
