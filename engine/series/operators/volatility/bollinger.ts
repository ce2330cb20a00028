import { callOperator } from "../../call_operator.ts";
import type { Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { outputs } from "../../outputs.ts";
import { deviation } from "../statistics/deviation.ts";
import { sma } from "../averages/sma.ts";

export const bollingerOperator = composite({
  name: "bollinger",
  inputs: ["number"],
  output: { upper: "number", middle: "number", lower: "number" },
  args: { window: windowRule(), width: { min: 0, max: 1_000 } },
  expand([input], args) {
    const x = input as Numeric, window = args.window as number | Numeric;
    const middle = sma(x, window),
      reach = deviation(x, window).times(args.width as number | Numeric);
    return { upper: middle.plus(reach), middle, lower: middle.minus(reach) };
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
  const band = (output: string) => callOperator(bollingerOperator, [x], { window, width }, output);
  const bands = { upper: band("upper"), middle: band("middle"), lower: band("lower") };
  return outputs(bands, "bollinger");
}
