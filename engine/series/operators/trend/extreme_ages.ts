import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { type Kernel, kernel, windowRule } from "../../operator.ts";
import { fillExtremes } from "../statistics/extremes.ts";

const age = (name: string, sign: 1 | -1): Kernel =>
  kernel({
    name,
    inputs: ["number"],
    args: { window: windowRule() },
    lookback: ({ window }) => window,
    stateSize: () => 2,
    fill: ([x], [out], state, from, to, { args: { window } }) =>
      fillExtremes(x, out, state, from, to, window, sign, true),
  });

export const rowsSinceHighestOperator = age("rowsSinceHighest", 1);
export const rowsSinceLowestOperator = age("rowsSinceLowest", -1);

/** How many rows ago the highest of the last `window` rows was: 0 is this one; of equal ones the newest. */
export function rowsSinceHighest(x: Numeric, window: number | Numeric): Numeric {
  checkCall("rowsSinceHighest", arguments, 2);
  return callOperator(rowsSinceHighestOperator, [x], { window });
}

/** How many rows ago the lowest of the last `window` rows was: 0 is this one; of equal ones the newest. */
export function rowsSinceLowest(x: Numeric, window: number | Numeric): Numeric {
  checkCall("rowsSinceLowest", arguments, 2);
  return callOperator(rowsSinceLowestOperator, [x], { window });
}
