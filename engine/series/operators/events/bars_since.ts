import { checkCall } from "../../check_call.ts";
import { type Condition, Numeric } from "../../expression.ts";
import { kernel } from "../../operator.ts";

export const barsSinceOperator = kernel({
  name: "barsSince",
  inputs: ["boolean"],
  stateSize: () => 1,
  memory: () => Infinity,
  fill([condition], [out], state, from, to) {
    // One more than what it gives; 0 is never yet.
    let rows = state[0];
    for (let i = from; i < to; i++) {
      if (condition[i] === 1) rows = 1;
      else if (rows > 0) rows++;
      out[i] = NaN;
      if (rows > 0) out[i] = rows - 1;
    }
    state[0] = rows;
  },
});

/** How many rows ago the condition was last true: 0 is on this one; unknown while it never was. */
export function barsSince(condition: Condition): Numeric {
  checkCall("barsSince", arguments, 1);
  return new Numeric({ op: barsSinceOperator.name, inputs: [condition] });
}
