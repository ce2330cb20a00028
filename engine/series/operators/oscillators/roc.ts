import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { change } from "../rows/change.ts";
import { lag } from "../rows/lag.ts";

export const rocOperator = composite({
  name: "roc",
  inputs: ["number"],
  args: { rows: windowRule() },
  expand([input], args) {
    const x = input as Numeric, rows = args.rows as number | Numeric;
    return change(x, rows).over(lag(x, rows)).times(100);
  },
});

/** Rate of change in percent: how much a series rose in `rows` rows (TA-Lib's ROC). */
export function roc(x: Numeric, rows: number | Numeric = 10): Numeric {
  checkCall("roc", arguments, 2);
  return callOperator(rocOperator, [x], { rows });
}
