import { callOutputs } from "../../call_outputs.ts";
import { checkCandleCall } from "../../check_call.ts";
import { elementwise, high, low, Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { rowsSinceHighest, rowsSinceLowest } from "./extreme_ages.ts";

export const aroonOperator = composite({
  name: "aroon",
  inputs: ["number", "number"],
  output: { up: "number", down: "number", oscillator: "number" },
  args: { window: { ...windowRule(), max: windowRule().max - 1 } },
  expand([high, low], args) {
    const window = args.window as number | Numeric;
    const rows = new Numeric(elementwise("add", window, 1));
    const share = (age: Numeric) =>
      new Numeric(elementwise("subtract", window, age)).times(100).over(window);
    const up = share(rowsSinceHighest(high as Numeric, rows));
    const down = share(rowsSinceLowest(low as Numeric, rows));
    return { up, down, oscillator: up.minus(down) };
  },
});

/**
 * Aroon, 0 to 100: how long ago the highest high (`up`) and the lowest low (`down`) of this candle
 * and the `window` before it were, 100 for this one and 0 for the oldest; `oscillator` is `up` less
 * `down` (Chande 1995; TA-Lib's AROON).
 */
export function aroon(
  window: number | Numeric = 25,
): Record<"up" | "down" | "oscillator", Numeric> {
  checkCandleCall("aroon", arguments, 1);
  return callOutputs(aroonOperator, [high, low], { window });
}
