import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import { elementwise, Numeric } from "../../expression.ts";
import { kernel, windowRule } from "../../operator.ts";
import { fillSmoothed, SMOOTHING_SLOTS, smoothingMemory } from "./smoothing.ts";

/** How much the newest row weighs in an exponential average over `window` rows. */
export function emaWeight(window: number): number {
  return 2 / (window + 1);
}

/** As `emaWeight`, of a window that a parameter may be. */
export function emaWeightOf(window: number | Numeric): Numeric {
  checkCall("emaWeightOf", arguments, 1);
  return new Numeric(elementwise("divide", 2, new Numeric(elementwise("add", window, 1))));
}

export const emaOperator = kernel({
  name: "ema",
  version: 2,
  inputs: ["number"],
  args: { window: windowRule() },
  stateSize: () => SMOOTHING_SLOTS,
  memory: ({ window }) => window + smoothingMemory(emaWeight(window)),
  fill: ([x], [out], state, from, to, { args: { window } }) =>
    fillSmoothed(x, out, state, from, to, window, emaWeight(window)),
});

/**
 * Exponential moving average, seeded with the mean of the first `window` rows (TA-Lib's EMA); first
 * known at row `window - 1`.
 */
export function ema(x: Numeric, window: number | Numeric): Numeric {
  checkCall("ema", arguments, 2);
  return callOperator(emaOperator, [x], { window });
}
