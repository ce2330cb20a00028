import { additionError } from "../../../market/exact.ts";
import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { kernel } from "../../operator.ts";
import { DAY, HOUR_OF_DAY, sessionOf } from "./session_day.ts";

const SESSION = 0, SUM = 1, LOST = 2;

export const sessionTotalOperator = kernel({
  name: "sessionTotal",
  inputs: ["number"],
  timed: true,
  args: { begins: HOUR_OF_DAY },
  stateSize: () => 3,
  memory: (_, rowLength) => Math.ceil(DAY / rowLength),
  fill([x], [out], state, from, to, { time, args: { begins } }) {
    for (let i = from; i < to; i++) {
      const session = sessionOf(time[i], begins);
      if (session !== state[SESSION]) state[SUM] = state[LOST] = 0;
      state[SESSION] = session;
      out[i] = NaN;
      if (x[i] - x[i] !== 0) continue;
      const more = state[SUM] + x[i];
      state[LOST] += additionError(state[SUM], x[i], more);
      state[SUM] = more;
      out[i] = state[SUM] + state[LOST] + 0;
    }
  },
});

/**
 * The sum of the rows since the session began, which it does each day at the UTC hour `begins`; an unknown row is unknown and
 * adds nothing.
 */
export function sessionTotal(x: Numeric, begins: number | Numeric = 0): Numeric {
  checkCall("sessionTotal", arguments, 2);
  return callOperator(sessionTotalOperator, [x], { begins });
}
