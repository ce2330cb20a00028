import { callCondition } from "../../call_condition.ts";
import { checkCall } from "../../check_call.ts";
import type { Condition, Numeric } from "../../expression.ts";
import { kernel } from "../../operator.ts";
import { DAY, HOUR_OF_DAY, sessionOf } from "./session_day.ts";

export const oncePerSessionOperator = kernel({
  name: "oncePerSession",
  inputs: ["boolean"],
  output: "boolean",
  timed: true,
  args: { begins: HOUR_OF_DAY },
  stateSize: () => 1,
  memory: (_, rowLength) => Math.ceil(DAY / rowLength),
  fill([condition], [out], state, from, to, { time, args: { begins } }) {
    for (let i = from; i < to; i++) {
      const session = sessionOf(time[i], begins), isNew = session !== state[0];
      out[i] = NaN;
      if (condition[i] === 1) out[i] = isNew ? 1 : 0;
      else if (condition[i] === 0) out[i] = 0;
      if (out[i] === 1) state[0] = session;
    }
  },
});

/**
 * True on the first row of a session on which the condition is true. A session begins each day at
 * the UTC hour `begins`.
 */
export function oncePerSession(
  condition: Condition,
  begins: number | Numeric = 0,
): Condition {
  checkCall("oncePerSession", arguments, 2);
  return callCondition(oncePerSessionOperator, [condition], { begins });
}
