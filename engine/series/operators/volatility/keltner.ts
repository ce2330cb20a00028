import { callOutputs } from "../../call_outputs.ts";
import { checkCandleCall, namedSettings } from "../../check_call.ts";
import { close, high, low, Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { atrOperator } from "./atr.ts";
import { ema } from "../averages/ema.ts";

export const keltnerOperator = composite({
  name: "keltner",
  version: 2,
  inputs: ["number", "number", "number"],
  output: { upper: "number", middle: "number", lower: "number" },
  args: { window: windowRule(), width: { min: 0, max: 1_000 }, atr: windowRule() },
  expand(inputs, args) {
    const { window, width } = args as Record<string, number | Numeric>;
    const middle = ema(inputs[2] as Numeric, window);
    const range = new Numeric({ op: atrOperator.name, inputs, args: { window: args.atr } });
    const reach = range.times(width);
    return { upper: middle.plus(reach), middle, lower: middle.minus(reach) };
  },
});

/**
 * Keltner channel: the exponential average of the close over `window` rows, and `width` average true ranges over
 * `atr` rows above and below it (Keltner 1960, as Raschke draws it).
 */
export function keltner(
  settings: {
    window?: number | Numeric;
    width?: number | Numeric;
    atr?: number | Numeric;
  } = {},
): Record<"upper" | "middle" | "lower", Numeric> {
  const args = namedSettings("keltner", settings, { window: 20, width: 2, atr: 10 });
  checkCandleCall("keltner", arguments, 1);
  return callOutputs(keltnerOperator, [high, low, close], args);
}
