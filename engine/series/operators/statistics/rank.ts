import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { kernel, windowRule } from "../../operator.ts";
import { SortedWindow } from "./sorted_window.ts";

export const rankOperator = kernel({
  name: "rank",
  inputs: ["number"],
  args: { window: windowRule(2) },
  lookback: ({ window }) => window,
  stateSize: ({ window }) => window + 1,
  fill([x], [out], state, from, to, { args: { window } }) {
    const sorted = new SortedWindow(state);
    for (let i = from; i < to; i++) {
      sorted.slide(x, i, window);
      const below = sorted.below(x[i]), equal = sorted.upTo(x[i]) - below;
      out[i] = NaN;
      if (sorted.known >= window) out[i] = (below + 0.5 * (equal - 1)) / (window - 1);
    }
  },
});

/**
 * Where the newest of the last `window` rows stands among them: 0 is the lowest, 1 the highest; equal ones share
 * their places.
 */
export function rank(x: Numeric, window: number | Numeric): Numeric {
  checkCall("rank", arguments, 2);
  return callOperator(rankOperator, [x], { window });
}
