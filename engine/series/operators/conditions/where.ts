import { checkCall } from "../../check_call.ts";
import { type Condition, Numeric } from "../../expression.ts";
import { kernel } from "../../operator.ts";

export const whereOperator = kernel({
  name: "where",
  inputs: ["boolean", "number", "number"],
  fill([condition, a, b], [out], _, from, to) {
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      if (condition[i] === 1) out[i] = a[i];
      else if (condition[i] === 0) out[i] = b[i];
    }
  },
});

/** `a` where the condition is true, `b` where it is false, unknown where it is unknown. */
export function where(condition: Condition, a: number | Numeric, b: number | Numeric): Numeric {
  checkCall("where", arguments, 3);
  return new Numeric({ op: "where", inputs: [condition, a, b] });
}
