import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { kernel } from "../../operator.ts";
import { smoothed } from "./smoothing.ts";

const BEGUN = 0, VALUE = 1;

export const adaptiveOperator = kernel({
  name: "adaptive",
  inputs: ["number", "number"],
  lookback: () => 1,
  stateSize: () => 2,
  memory: () => Infinity,
  fill([x, weight], [out], state, from, to) {
    let begun = state[BEGUN], value = state[VALUE];
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      if (x[i] - x[i] !== 0 || !(weight[i] >= 0 && weight[i] <= 1)) continue;
      if (begun === 0) value = x[i - 1] - x[i - 1] === 0 ? x[i - 1] : x[i];
      begun = 1;
      out[i] = value = smoothed(value, x[i], weight[i]);
    }
    state[BEGUN] = begun;
    state[VALUE] = value;
  },
});

/**
 * An exponential average whose weight is a series, from 0 (stand still) to 1 (follow at once);
 * `kama` and `vidya` are made of it. It starts at the value of the row before the first known
 * weight. Where the value is unknown or the weight is not from 0 to 1, it is unknown, and goes on
 * from where it was.
 */
export function adaptive(x: Numeric, weight: Numeric): Numeric {
  checkCall("adaptive", arguments, 2);
  return callOperator(adaptiveOperator, [x, weight], {});
}
