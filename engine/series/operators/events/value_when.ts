import { checkCall } from "../../check_call.ts";
import { type Condition, Numeric } from "../../expression.ts";
import { kernel } from "../../operator.ts";

const BEGUN = 0, VALUE = 1;

export const valueWhenOperator = kernel({
  name: "valueWhen",
  inputs: ["boolean", "number"],
  stateSize: () => 2,
  memory: () => Infinity,
  fill([condition, x], [out], state, from, to) {
    for (let i = from; i < to; i++) {
      if (condition[i] === 1) {
        state[BEGUN] = 1;
        state[VALUE] = x[i];
      }
      out[i] = NaN;
      if (state[BEGUN] === 1) out[i] = state[VALUE];
    }
  },
});

/** What a series was when the condition was last true, this row included; unknown while it never was. */
export function valueWhen(condition: Condition, x: number | Numeric): Numeric {
  checkCall("valueWhen", arguments, 2);
  return new Numeric({ op: valueWhenOperator.name, inputs: [condition, x] });
}
