import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import { elementwise, Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { floor } from "../math/rounding.ts";
import { sqrt } from "../math/sqrt.ts";
import { wma } from "./wma.ts";

export const hmaOperator = composite({
  name: "hma",
  inputs: ["number"],
  args: { window: windowRule(2) },
  expand([input], args) {
    const x = input as Numeric, window = args.window as number | Numeric;
    const half = floor(new Numeric(elementwise("divide", window, 2)));
    const quick = wma(x, half).times(2).minus(wma(x, window));
    return wma(quick, floor(sqrt(window)));
  },
});

/**
 * Hull moving average: the weighted average over √`window` rows of twice the one over half the window less
 * the one over all of it (Hull 2005); halves and roots are rounded down.
 */
export function hma(x: Numeric, window: number | Numeric): Numeric {
  checkCall("hma", arguments, 2);
  return callOperator(hmaOperator, [x], { window });
}
