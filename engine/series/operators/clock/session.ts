import { callCondition } from "../../call_condition.ts";
import { checkCandleCall } from "../../check_call.ts";
import type { Condition, Numeric } from "../../expression.ts";
import { kernel } from "../../operator.ts";
import { DAY, HOUR, HOUR_OF_DAY } from "./session_day.ts";

export const sessionOperator = kernel({
  name: "session",
  inputs: [],
  output: "boolean",
  timed: true,
  args: { begins: HOUR_OF_DAY, ends: HOUR_OF_DAY },
  fill(_inputs, [out], _state, from, to, { time, rowLength, args: { begins, ends } }) {
    const length = ((ends - begins) * HOUR + DAY) % DAY || DAY;
    for (let i = from; i < to; i++) {
      const since = time[i] - rowLength - begins * HOUR,
        into = since - Math.floor(since / DAY) * DAY;
      out[i] = into + rowLength <= length ? 1 : 0;
    }
  },
});

/**
 * True for candles that lie wholly within the hours `begins` to `ends` of the UTC day, which may
 * span midnight: `session(13.5, 20)`, `session(22, 6)`. From an hour to the same hour is all day.
 */
export function session(begins: number | Numeric, ends: number | Numeric): Condition {
  checkCandleCall("session", arguments, 2);
  return callCondition(sessionOperator, [], { begins, ends });
}
