import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Condition, Numeric } from "../../expression.ts";
import { kernel, windowRule } from "../../operator.ts";

const TRUE = 0, UNKNOWN = 1;

export const countOperator = kernel({
  name: "count",
  inputs: ["boolean"],
  args: { window: windowRule() },
  lookback: ({ window }) => window,
  stateSize: () => 3,
  fill([condition], [out], state, from, to, { args: { window } }) {
    let rows = state[2];
    for (let i = from; i < to; i++) {
      if (rows === window) {
        if (condition[i - window] === 1) state[TRUE]--;
        else if (condition[i - window] !== 0) state[UNKNOWN]--;
      } else rows++;
      if (condition[i] === 1) state[TRUE]++;
      else if (condition[i] !== 0) state[UNKNOWN]++;
      out[i] = NaN;
      if (rows === window && state[UNKNOWN] === 0) out[i] = state[TRUE];
    }
    state[2] = rows;
  },
});

/** On how many of the last `window` rows the condition was true; unknown while it is unknown on one of them. */
export function count(condition: Condition, window: number | Numeric): Numeric {
  checkCall("count", arguments, 2);
  return callOperator(countOperator, [condition], { window });
}
