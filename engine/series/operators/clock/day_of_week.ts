import { checkCandleCall } from "../../check_call.ts";
import { Numeric } from "../../expression.ts";
import { kernel } from "../../operator.ts";
import { DAY } from "./session_day.ts";

/** 1970-01-01 was a Thursday. */
const EPOCH = 3;

export const dayOfWeekOperator = kernel({
  name: "dayOfWeek",
  inputs: [],
  timed: true,
  fill(_inputs, [out], _state, from, to, { time }) {
    for (let i = from; i < to; i++) {
      const days = Math.floor(time[i] / DAY) + EPOCH;
      out[i] = days - Math.floor(days / 7) * 7 + 1;
    }
  },
});

/**
 * The UTC day on which the candle closes: 1 is Monday, 7 Sunday (ISO 8601). The last candle of a
 * day closes at midnight, and so on the next day.
 */
export function dayOfWeek(): Numeric {
  checkCandleCall("dayOfWeek", arguments, 0);
  return new Numeric({ op: dayOfWeekOperator.name });
}
