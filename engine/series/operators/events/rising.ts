import { callCondition } from "../../call_condition.ts";
import { checkCall } from "../../check_call.ts";
import type { Condition, Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { highest, lowest } from "../statistics/extremes.ts";
import { lag } from "../rows/lag.ts";

export const risingOperator = composite({
  name: "rising",
  inputs: ["number"],
  output: "boolean",
  args: { rows: windowRule() },
  expand([x], { rows }) {
    return (x as Numeric).above(highest(lag(x as Numeric), rows as number | Numeric));
  },
});

export const fallingOperator = composite({
  name: "falling",
  inputs: ["number"],
  output: "boolean",
  args: { rows: windowRule() },
  expand([x], { rows }) {
    return (x as Numeric).below(lowest(lag(x as Numeric), rows as number | Numeric));
  },
});

/** True where a series is above each of the `rows` rows before (Pine's `ta.rising`). */
export function rising(x: Numeric, rows: number | Numeric = 1): Condition {
  checkCall("rising", arguments, 2);
  return callCondition(risingOperator, [x], { rows });
}

/** True where a series is below each of the `rows` rows before (Pine's `ta.falling`). */
export function falling(x: Numeric, rows: number | Numeric = 1): Condition {
  checkCall("falling", arguments, 2);
  return callCondition(fallingOperator, [x], { rows });
}
