import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { kernel, type KernelContext, windowRule } from "../../operator.ts";
import { type Bands, fillExactBands } from "./exact_deviation.ts";
import { fillWindowSums, WINDOW_SUM_SLOTS } from "./window_sum.ts";

/** Doubles that `fillBands` keeps. */
export const DEVIATION_SLOTS = WINDOW_SUM_SLOTS;

export const deviationOperator = kernel({
  name: "deviation",
  version: 2,
  inputs: ["number"],
  args: { window: windowRule() },
  exact: true,
  timed: true,
  lookback: ({ window }) => window,
  stateSize: () => DEVIATION_SLOTS,
  fill: ([x], [out], state, from, to, context) =>
    fillBands(
      x,
      { upper: out, mean: out, lower: out, middle: 0, width: 1 },
      state,
      from,
      to,
      context,
    ),
});

/** Fills bands by the deviation of the last `window` rows from their mean: see `fillExactBands`. */
export function fillBands(
  x: Float64Array,
  bands: Bands,
  state: Float64Array,
  from: number,
  to: number,
  context: KernelContext,
): void {
  const { ticks, scale, args: { window } } = context;
  if (ticks) return fillExactBands(ticks, bands, state, from, to, window, scale);
  const { upper, mean, lower, middle, width } = bands;
  fillWindowSums(x, mean, state, from, to, context, window);
  for (let i = from; i < to; i++) {
    const level = mean[i], reach = width * aroundMean(x, level, i, window);
    lower[i] = middle * level - reach;
    upper[i] = middle * level + reach;
  }
}

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
 * bands take it. Over candle prices it is that of whole ticks, exact but for the last division and root.
 */
export function deviation(x: Numeric, window: number | Numeric): Numeric {
  checkCall("deviation", arguments, 2);
  return callOperator(deviationOperator, [x], { window });
}
