import { callOutputs } from "../../call_outputs.ts";
import { checkCandleCall } from "../../check_call.ts";
import { close, high, low, Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { abs } from "../math/abs.ts";
import { trueRangeOperator } from "../volatility/true_range.ts";
import { wilder } from "../averages/wilder.ts";
import { directionalMoveOperator } from "./directional_move.ts";

export const adxOperator = composite({
  name: "adx",
  version: 2,
  inputs: ["number", "number", "number"],
  output: { adx: "number", plus: "number", minus: "number" },
  args: { window: windowRule() },
  expand(inputs, args) {
    const window = args.window as number | Numeric;
    const range = wilder(new Numeric({ op: trueRangeOperator.name, inputs }), window);
    const index = (output: string) => {
      const moves = { op: directionalMoveOperator.name, inputs: inputs.slice(0, 2), output };
      return wilder(new Numeric(moves), window).over(range).times(100);
    };
    const plus = index("plus"), minus = index("minus");
    const apart = abs(plus.minus(minus)).over(plus.plus(minus)).times(100);
    return { adx: wilder(apart, window), plus, minus };
  },
});

/**
 * Average directional index, 0 to 100, with the directional indicators +DI (`plus`) and −DI (`minus`) that it is made of
 * (Wilder 1978). The averages start, as Wilder's do, with the first `window` moves; TA-Lib starts them one move earlier,
 * which fades. Unknown where nothing moved.
 */
export function adx(window: number | Numeric = 14): Record<"adx" | "plus" | "minus", Numeric> {
  checkCandleCall("adx", arguments, 1);
  return callOutputs(adxOperator, [high, low, close], { window });
}
