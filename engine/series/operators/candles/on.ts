import { InputError } from "../../../market/errors.ts";
import type { Timeframe } from "../../../market/timeframe.ts";
import { checkWritten } from "../../argument_rules.ts";
import { checkCall } from "../../check_call.ts";
import { Condition, Numeric } from "../../expression.ts";
import type { Longer } from "../../operator.ts";

export const onOperator: Longer = {
  kind: "longer",
  name: "on",
  version: 1,
  inputs: ["number"],
  output: "number",
  args: { timeframe: "timeframe" },
};

/**
 * The same expression over candles of a longer timeframe, resampled from the run's own. Its value
 * appears on the row that closes the longer candle and stays until the next one closes, so nothing
 * of a candle in the making is ever seen. Where rows are missing, the longer candle is made of those
 * that are there (a run whose own timeframe is the longer one, over shorter candles, makes none where
 * one is missing). A condition stays too: a cross inside `on` is true until the
 * next longer candle closes. To act on it once, cross what is shown:
 * `crossesAbove(on("1h", fast), on("1h", slow))`. The timeframe may be a parameter:
 * `choice("4h", ["1h", "4h"])`.
 */
export function on(timeframe: Timeframe | Numeric, x: Numeric): Numeric;
export function on(timeframe: Timeframe | Numeric, x: Condition): Condition;
export function on(
  timeframe: Timeframe | Numeric,
  x: Numeric | Condition,
): Numeric | Condition {
  checkCall("on", arguments, 2);
  const isChoice = timeframe instanceof Numeric && timeframe.op === "param";
  if (typeof timeframe !== "string" && !isChoice) {
    throw new InputError('on takes the timeframe first: on("4h", close)');
  }
  const parts = { op: onOperator.name, inputs: [x], args: { timeframe } };
  checkWritten(onOperator, parts.args);
  return x instanceof Condition ? new Condition(parts) : new Numeric(parts);
}
