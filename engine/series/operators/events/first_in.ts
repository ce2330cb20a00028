import { callCondition } from "../../call_condition.ts";
import { checkCall } from "../../check_call.ts";
import type { Condition, Numeric } from "../../expression.ts";
import { kernel, windowRule } from "../../operator.ts";

export const firstInOperator = kernel({
  name: "firstIn",
  inputs: ["boolean"],
  output: "boolean",
  args: { rows: windowRule() },
  stateSize: () => 1,
  // Which of a row of true ones is the first goes back to where they began.
  memory: () => Infinity,
  fill([condition], [out], state, from, to, { args: { rows } }) {
    // For how many rows it keeps silent.
    let silent = state[0];
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      if (condition[i] === 1) out[i] = silent === 0 ? 1 : 0;
      else if (condition[i] === 0) out[i] = 0;
      silent = out[i] === 1 ? rows - 1 : Math.max(0, silent - 1);
    }
    state[0] = silent;
  },
});

/**
 * True where the condition is, but at most once in `rows` rows: after a row on which it is true, it
 * is false for the next `rows - 1`.
 */
export function firstIn(condition: Condition, rows: number | Numeric): Condition {
  checkCall("firstIn", arguments, 2);
  return callCondition(firstInOperator, [condition], { rows });
}
