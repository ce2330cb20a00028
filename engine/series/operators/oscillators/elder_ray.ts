import { callOutputs } from "../../call_outputs.ts";
import { checkCandleCall } from "../../check_call.ts";
import { close, high, low, type Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { ema } from "../averages/ema.ts";

export const elderRayOperator = composite({
  name: "elderRay",
  inputs: ["number", "number", "number"],
  output: { bull: "number", bear: "number" },
  args: { window: windowRule() },
  expand(inputs, { window }) {
    const [high, low, close] = inputs as Numeric[],
      average = ema(close, window as number | Numeric);
    return { bull: high.minus(average), bear: low.minus(average) };
  },
});

/**
 * Elder-ray: how far buyers lift the price above its average (`bull`, the high less the exponential average of closes over
 * `window` candles) and how far sellers press it below (`bear`, the low less that average; Elder 1989).
 */
export function elderRay(window: number | Numeric = 13): Record<"bull" | "bear", Numeric> {
  checkCandleCall("elderRay", arguments, 1);
  return callOutputs(elderRayOperator, [high, low, close], { window });
}
