import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { kernel, windowRule } from "../../operator.ts";

export const lagOperator = kernel({
  name: "lag",
  inputs: ["number"],
  args: { rows: windowRule() },
  lookback: ({ rows }) => rows,
  fill([x], [out], _, from, to, { args: { rows } }) {
    for (let i = from; i < to; i++) out[i] = x[i - rows];
  },
});

/** The value `rows` rows ago; unknown before there is one. */
export function lag(x: Numeric, rows: number | Numeric = 1): Numeric {
  checkCall("lag", arguments, 2);
  return callOperator(lagOperator, [x], { rows });
}
