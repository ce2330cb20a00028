import { callOutputs } from "../../call_outputs.ts";
import { checkCall, namedSettings } from "../../check_call.ts";
import { Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { rsi } from "./rsi.ts";
import { sma } from "../averages/sma.ts";
import { pricePlaceOperator } from "./price_place.ts";

export const stochRsiOperator = composite({
  name: "stochRsi",
  version: 2,
  inputs: ["number"],
  output: { k: "number", d: "number" },
  args: { rsi: windowRule(), window: windowRule(), smoothing: windowRule(), signal: windowRule() },
  expand([x], args) {
    const { window, smoothing, signal } = args as Record<string, number | Numeric>;
    const strength = rsi(x as Numeric, args.rsi as number | Numeric);
    const inputs = [strength, strength, strength];
    const place = new Numeric({ op: pricePlaceOperator.name, inputs, args: { window } });
    const k = sma(place.times(100), smoothing);
    return { k, d: sma(k, signal) };
  },
});

/**
 * Stochastic RSI, 0 to 100: where the relative strength index over `rsi` rows lies between its lowest and its
 * highest of the last `window` rows, averaged over `smoothing` rows, and `d`, the mean of that over `signal`
 * rows (Chande and Kroll 1994; TA-Lib's STOCHRSI with `smoothing` 1). Unknown where the index stood still.
 */
export function stochRsi(
  x: Numeric,
  windows: {
    rsi?: number | Numeric;
    window?: number | Numeric;
    smoothing?: number | Numeric;
    signal?: number | Numeric;
  } = {},
): Record<"k" | "d", Numeric> {
  const args = namedSettings("stochRsi", windows, { rsi: 14, window: 14, smoothing: 3, signal: 3 });
  checkCall("stochRsi", arguments, 2);
  return callOutputs(stochRsiOperator, [x], args);
}
