import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import { elementwise, Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { change } from "../rows/change.ts";
import { ema } from "./ema.ts";
import { floor } from "../math/rounding.ts";

export const zlemaOperator = composite({
  name: "zlema",
  version: 2,
  inputs: ["number"],
  args: { window: windowRule(3) },
  expand([input], args) {
    const x = input as Numeric, window = args.window as number | Numeric;
    const lagged = floor(
      new Numeric(elementwise("divide", new Numeric(elementwise("subtract", window, 1)), 2)),
    );
    return ema(x.plus(change(x, lagged)), window);
  },
});

/**
 * Zero-lag exponential moving average: so that the average lags less, what a series moved over the
 * rows of that lag (half of `window - 1`, rounded down) is added to it before it is averaged
 * (Ehlers and Way 2010).
 */
export function zlema(x: Numeric, window: number | Numeric): Numeric {
  checkCall("zlema", arguments, 2);
  return callOperator(zlemaOperator, [x], { window });
}
