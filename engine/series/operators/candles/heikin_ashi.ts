import { callOutputs } from "../../call_outputs.ts";
import { checkCandleCall } from "../../check_call.ts";
import { close, high, low, type Numeric, open } from "../../expression.ts";
import { kernel } from "../../operator.ts";
import { smoothingMemory } from "../averages/smoothing.ts";

const BEGUN = 0, OPEN = 1, CLOSE = 2;

export const heikinAshiOperator = kernel({
  name: "heikinAshi",
  inputs: ["number", "number", "number", "number"],
  output: { open: "number", high: "number", low: "number", close: "number" },
  stateSize: () => 3,
  memory: () => smoothingMemory(1 / 2),
  fill([open, high, low, close], [opens, highs, lows, closes], state, from, to) {
    for (let i = from; i < to; i++) {
      const total = open[i] + high[i] + low[i] + close[i];
      opens[i] =
        highs[i] =
        lows[i] =
        closes[i] =
          NaN;
      if (total - total !== 0) continue;
      const begins = state[BEGUN] === 1
        ? (state[OPEN] + state[CLOSE]) / 2
        : (open[i] + close[i]) / 2;
      state[BEGUN] = 1;
      state[OPEN] = opens[i] = begins + 0;
      state[CLOSE] = closes[i] = total / 4 + 0;
      highs[i] = Math.max(high[i], begins, closes[i]) + 0;
      lows[i] = Math.min(low[i], begins, closes[i]) + 0;
    }
  },
});

/**
 * Heikin-ashi candles: each opens in the middle of the body of the one before and closes at the mean of the four prices. What
 * is traded is the market's own price, not these.
 */
export function heikinAshi(): Record<"open" | "high" | "low" | "close", Numeric> {
  checkCandleCall("heikinAshi", arguments, 0);
  return callOutputs(heikinAshiOperator, [open, high, low, close], {});
}
