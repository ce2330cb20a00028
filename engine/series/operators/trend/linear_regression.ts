import { callOutputs } from "../../call_outputs.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { kernel, windowRule } from "../../operator.ts";
import { fillLinearSums, LINEAR_SUM_SLOTS } from "../averages/linear_sums.ts";
import { productsAround } from "../statistics/over_window.ts";

export const linearRegressionOperator = kernel({
  name: "linearRegression",
  inputs: ["number"],
  output: { value: "number", slope: "number", r2: "number" },
  args: { window: windowRule(2) },
  exact: true,
  timed: true,
  lookback: ({ window }) => window,
  stateSize: () => LINEAR_SUM_SLOTS,
  fill([x], [values, slopes, squares], state, from, to, context) {
    const n = context.args.window, columns = { plain: values, weighted: slopes };
    const unit = fillLinearSums(x, columns, state, from, to, context);
    // Sums of squares of the rows' places around their middle, and of the places themselves.
    const spread = n * (n * n - 1) / 12;
    for (let i = from; i < to; i++) {
      const tilt = (2 * slopes[i] - (n + 1) * values[i]) / 2;
      values[i] = (values[i] / n + tilt / spread * (n - 1) / 2) / unit + 0;
      slopes[i] = tilt / (spread * unit) + 0;
      squares[i] = fit(x, i, n, slopes[i] * slopes[i] * spread);
    }
  },
});

/** What share of the squares around the mean the line explains. */
function fit(x: Float64Array, i: number, window: number, explained: number): number {
  if (explained !== explained) return NaN;
  const all = productsAround(x, x, i, window);
  return all === 0 ? NaN : Math.min(1, explained / all);
}

/**
 * The straight line through the last `window` rows by least squares: its `value` at the newest row, its `slope` a row, and
 * `r2`, the share of the variance that it explains, unknown where nothing moved (TA-Lib's LINEARREG and LINEARREG_SLOPE).
 */
export function linearRegression(
  x: Numeric,
  window: number | Numeric,
): Record<"value" | "slope" | "r2", Numeric> {
  checkCall("linearRegression", arguments, 2);
  return callOutputs(linearRegressionOperator, [x], { window });
}
