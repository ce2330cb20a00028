import { additionError } from "../../../market/exact.ts";
import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { kernel } from "../../operator.ts";

const SUM = 0, LOST = 1;

export const totalOperator = kernel({
  name: "total",
  inputs: ["number"],
  stateSize: () => 2,
  memory: () => Infinity,
  fill([x], [out], state, from, to) {
    let sum = state[SUM], lost = state[LOST];
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      if (x[i] - x[i] !== 0) continue;
      const more = sum + x[i];
      lost += additionError(sum, x[i], more);
      sum = more;
      out[i] = sum + lost + 0;
    }
    state[SUM] = sum;
    state[LOST] = lost;
  },
});

/**
 * The sum of all rows since the run began; an unknown row is unknown and adds nothing. It depends on where the run began: use
 * how it changes, not where it stands.
 */
export function total(x: Numeric): Numeric {
  checkCall("total", arguments, 1);
  return callOperator(totalOperator, [x], {});
}
