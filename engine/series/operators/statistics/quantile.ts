import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { composite, kernel, windowRule } from "../../operator.ts";
import { SortedWindow } from "./sorted_window.ts";

export const quantileOperator = kernel({
  name: "quantile",
  inputs: ["number"],
  args: { window: windowRule(), share: { min: 0, max: 1 } },
  lookback: ({ window }) => window,
  stateSize: ({ window }) => window + 1,
  fill([x], [out], state, from, to, { args: { window, share } }) {
    const sorted = new SortedWindow(state), place = share * (window - 1), under = Math.floor(place);
    for (let i = from; i < to; i++) {
      sorted.slide(x, i, window);
      out[i] = NaN;
      if (sorted.known < window) continue;
      const low = sorted.at(under), high = sorted.at(Math.min(under + 1, window - 1));
      out[i] = low + (high - low) * (place - under);
    }
  },
});

export const medianOperator = composite({
  name: "median",
  inputs: ["number"],
  args: { window: windowRule() },
  expand: ([x], { window }) => quantile(x as Numeric, window as number | Numeric, 0.5),
});

/**
 * The number below which the given share (0 to 1) of the last `window` rows lies; between two rows it is
 * interpolated (pandas' and numpy's default).
 */
export function quantile(
  x: Numeric,
  window: number | Numeric,
  share: number | Numeric,
): Numeric {
  checkCall("quantile", arguments, 3);
  return callOperator(quantileOperator, [x], { window, share });
}

/** The middle one of the last `window` rows; of an even number, the mean of the two in the middle. */
export function median(x: Numeric, window: number | Numeric): Numeric {
  checkCall("median", arguments, 2);
  return callOperator(medianOperator, [x], { window });
}
