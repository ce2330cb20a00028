import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { emaWeightOf } from "./ema.ts";
import { abs } from "../math/abs.ts";
import { cmo } from "../oscillators/cmo.ts";
import { adaptive } from "./adaptive.ts";

export const vidyaOperator = composite({
  name: "vidya",
  inputs: ["number"],
  args: { window: windowRule(), momentum: windowRule() },
  expand([input], args) {
    const x = input as Numeric, { window, momentum } = args as Record<string, number | Numeric>;
    return adaptive(x, abs(cmo(x, momentum)).over(100).times(emaWeightOf(window)));
  },
});

/**
 * Variable index dynamic average: an exponential average over `window` rows whose weight is multiplied by
 * the size of Chande's momentum oscillator over `momentum` rows, 0 to 1 (Chande 1992). First known at row
 * `momentum`, starting from the row before; unknown where nothing moved.
 */
export function vidya(
  x: Numeric,
  window: number | Numeric = 14,
  momentum: number | Numeric = 9,
): Numeric {
  checkCall("vidya", arguments, 3);
  return callOperator(vidyaOperator, [x], { window, momentum });
}
