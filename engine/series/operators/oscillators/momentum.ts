import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { change } from "../rows/change.ts";

export const momentumOperator = composite({
  name: "momentum",
  inputs: ["number"],
  args: { rows: windowRule() },
  expand: ([x], { rows }) => change(x as Numeric, rows as number | Numeric),
});

/** How much a series rose in `rows` rows, in its own unit (TA-Lib's MOM): `change`, by its other name. */
export function momentum(x: Numeric, rows: number | Numeric = 10): Numeric {
  checkCall("momentum", arguments, 2);
  return callOperator(momentumOperator, [x], { rows });
}
