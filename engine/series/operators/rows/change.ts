import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { lag } from "./lag.ts";

export const changeOperator = composite({
  name: "change",
  inputs: ["number"],
  args: { rows: windowRule() },
  expand: ([x], { rows }) => (x as Numeric).minus(lag(x as Numeric, rows as number | Numeric)),
});

/** The value less the one `rows` rows ago, in the value's own unit. */
export function change(x: Numeric, rows: number | Numeric = 1): Numeric {
  checkCall("change", arguments, 2);
  return callOperator(changeOperator, [x], { rows });
}
