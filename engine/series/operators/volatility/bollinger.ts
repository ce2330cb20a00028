import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { kernel, windowRule } from "../../operator.ts";
import { outputs } from "../../outputs.ts";
import { DEVIATION_SLOTS, fillBands } from "../statistics/deviation.ts";

export const bollingerOperator = kernel({
  name: "bollinger",
  version: 2,
  inputs: ["number"],
  output: { upper: "number", middle: "number", lower: "number" },
  args: { window: windowRule(), width: { min: 0, max: 1_000 } },
  exact: true,
  timed: true,
  lookback: ({ window }) => window,
  stateSize: () => DEVIATION_SLOTS,
  fill([x], [upper, mean, lower], state, from, to, context) {
    const { width } = context.args;
    fillBands(x, { upper, mean, lower, middle: 1, width }, state, from, to, context);
  },
});

/** The three lines of `bollinger`. */
export interface Bollinger {
  upper: Numeric;
  middle: Numeric;
  lower: Numeric;
}

/**
 * Bollinger bands: the mean of the last `window` rows, and `width` population deviations above and
 * below it.
 */
export function bollinger(
  x: Numeric,
  window: number | Numeric = 20,
  width: number | Numeric = 2,
): Bollinger {
  checkCall("bollinger", arguments, 3);
  const band = (output: string) => callOperator(bollingerOperator, [x], { window, width }, output);
  const bands = { upper: band("upper"), middle: band("middle"), lower: band("lower") };
  return outputs(bands, "bollinger");
}
