import { callOperator } from "../../call_operator.ts";
import type { Numeric } from "../../expression.ts";
import { kernel, windowRule } from "../../operator.ts";
import { smoothedFromMean, smoothingMemory } from "../averages/smoothing.ts";
import { wilderWeight } from "../averages/wilder.ts";

const SEEN = 0, UP = 1, DOWN = 2;

/** Moves so small lie thousands of flat rows back; smaller ones would lose their digits, then jump. */
const FORGOTTEN = 1e-200;

export const rsiOperator = kernel({
  name: "rsi",
  inputs: ["number"],
  args: { window: windowRule() },
  lookback: () => 1,
  stateSize: () => 3,
  memory: ({ window }) => window + smoothingMemory(wilderWeight(window)),
  fill([x], [out], state, from, to, { args: { window } }) {
    const weight = wilderWeight(window);
    let seen = state[SEEN], up = state[UP], down = state[DOWN];
    for (let i = from; i < to; i++) {
      const change = x[i] - x[i - 1], size = Math.abs(change);
      out[i] = NaN;
      if (change - change !== 0) continue;
      const gain = 0.5 * (size + change), loss = 0.5 * (size - change);
      up = smoothedFromMean(up, gain, weight, seen, window);
      down = smoothedFromMean(down, loss, weight, seen, window);
      if (seen < window) seen++;
      if (up + down < FORGOTTEN) up = down = 0;
      if (seen === window && up + down > 0) out[i] = 100 * up / (up + down);
    }
    state[SEEN] = seen;
    state[UP] = up;
    state[DOWN] = down;
  },
});

/**
 * Relative strength index, 0 to 100: Wilder's average of gains as a share of that of all moves
 * (Wilder 1978; TA-Lib's RSI). First known at row `window`; unknown until something moves, and
 * again after nothing has for thousands of rows.
 */
export function rsi(x: Numeric, window: number | Numeric = 14): Numeric {
  return callOperator(rsiOperator, [x], { window });
}
