import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { kernel, windowRule } from "../../operator.ts";
import { fillSmoothed, SMOOTHING_SLOTS, smoothingMemory } from "./smoothing.ts";

/** How much the newest row weighs in Wilder's average over `window` rows. */
export function wilderWeight(window: number): number {
  return 1 / window;
}

export const wilderOperator = kernel({
  name: "wilder",
  version: 2,
  inputs: ["number"],
  args: { window: windowRule() },
  stateSize: () => SMOOTHING_SLOTS,
  memory: ({ window }) => window + smoothingMemory(wilderWeight(window)),
  fill: ([x], [out], state, from, to, { args: { window } }) =>
    fillSmoothed(x, out, state, from, to, window, wilderWeight(window)),
});

/** Wilder's moving average (RMA, SMMA), seeded with the mean of the first `window` rows. */
export function wilder(x: Numeric, window: number | Numeric): Numeric {
  checkCall("wilder", arguments, 2);
  return callOperator(wilderOperator, [x], { window });
}
