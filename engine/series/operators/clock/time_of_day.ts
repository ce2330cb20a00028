import { checkCandleCall } from "../../check_call.ts";
import { Numeric } from "../../expression.ts";
import { kernel } from "../../operator.ts";
import { DAY, HOUR } from "./session_day.ts";

export const timeOfDayOperator = kernel({
  name: "timeOfDay",
  inputs: [],
  timed: true,
  fill(_inputs, [out], _state, from, to, { time }) {
    for (let i = from; i < to; i++) out[i] = (time[i] - Math.floor(time[i] / DAY) * DAY) / HOUR;
  },
});

/** Hours since midnight UTC when the candle closes, 0 to below 24: 9.5 is half past nine. */
export function timeOfDay(): Numeric {
  checkCandleCall("timeOfDay", arguments, 0);
  return new Numeric({ op: timeOfDayOperator.name });
}
