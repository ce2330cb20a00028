import { callOutputs } from "../../call_outputs.ts";
import { checkCandleCall, namedSettings } from "../../check_call.ts";
import { close, high, low, Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { sma } from "../averages/sma.ts";
import { pricePlaceOperator } from "./price_place.ts";

export const stochasticOperator = composite({
  name: "stochastic",
  inputs: ["number", "number", "number"],
  output: { k: "number", d: "number" },
  args: { window: windowRule(), smoothing: windowRule(), signal: windowRule() },
  expand(inputs, { window, smoothing, signal }) {
    const place = new Numeric({ op: pricePlaceOperator.name, inputs, args: { window } });
    const k = sma(place.times(100), smoothing as number | Numeric);
    return { k, d: sma(k, signal as number | Numeric) };
  },
});

/**
 * Stochastic oscillator, 0 to 100: `k` is where the close lies between the lowest low and the highest high of
 * the last `window` candles, averaged over `smoothing` rows (1 gives Lane's fast %K), `d` the mean of `k` over
 * `signal` rows (TA-Lib's STOCH). Unknown where the candles of a window are one price.
 */
export function stochastic(
  windows: {
    window?: number | Numeric;
    smoothing?: number | Numeric;
    signal?: number | Numeric;
  } = {},
): Record<"k" | "d", Numeric> {
  const args = namedSettings("stochastic", windows, { window: 14, smoothing: 3, signal: 3 });
  checkCandleCall("stochastic", arguments, 1);
  return callOutputs(stochasticOperator, [high, low, close], args);
}
