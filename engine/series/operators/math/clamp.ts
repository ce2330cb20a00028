import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import { Numeric } from "../../expression.ts";
import { composite } from "../../operator.ts";
import { max, min } from "./extremes_of_two.ts";

export const clampOperator = composite({
  name: "clamp",
  inputs: ["number", "number", "number"],
  expand: ([x, low, high]) =>
    min(max(x as number | Numeric, low as number | Numeric), high as number | Numeric),
});

/** A number no lower than `low` and no higher than `high`; where they cross, `high` wins. */
export function clamp(x: Numeric, low: number | Numeric, high: number | Numeric): Numeric {
  checkCall("clamp", arguments, 3);
  return callOperator(clampOperator, [x, low, high], {});
}
