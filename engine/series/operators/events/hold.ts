import { checkCall } from "../../check_call.ts";
import { Condition } from "../../expression.ts";
import { kernel } from "../../operator.ts";

export const holdOperator = kernel({
  name: "hold",
  inputs: ["boolean", "boolean"],
  output: "boolean",
  stateSize: () => 1,
  memory: () => Infinity,
  fill([set, reset], [out], state, from, to) {
    let held = state[0];
    for (let i = from; i < to; i++) {
      if (reset[i] === 1) held = 0;
      else if (set[i] === 1) held = 1;
      out[i] = held;
    }
    state[0] = held;
  },
});

/**
 * A latch: true from the row on which `set` is true until one on which `reset` is, which wins where both are. It is false
 * before, and unknown conditions change nothing.
 */
export function hold(set: Condition, reset: Condition): Condition {
  checkCall("hold", arguments, 2);
  return new Condition({ op: holdOperator.name, inputs: [set, reset] });
}
