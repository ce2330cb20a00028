import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { kernel, windowRule } from "../../operator.ts";
import { seeded, smoothingMemory } from "../averages/smoothing.ts";
import { wilderWeight } from "../averages/wilder.ts";

/** How far the newest gain and loss lie from their averages; until these begin, the sums of them. All are doubled. */
const SEEN = 0, UP = 1, DOWN = 2, GAIN = 3, LOSS = 4;

/** Moves so small lie thousands of flat rows back; smaller ones would lose their digits, then jump. */
const FORGOTTEN = 1e-200;

export const rsiOperator = kernel({
  name: "rsi",
  version: 2,
  inputs: ["number"],
  args: { window: windowRule() },
  lookback: () => 1,
  stateSize: () => 5,
  memory: ({ window }) => window + smoothingMemory(wilderWeight(window)),
  // As `fillSmoothed`, twice.
  fill([x], [out], state, from, to, { args: { window } }) {
    const weight = wilderWeight(window), rest = 1 - weight;
    const begun = fillSeed(x, out, state, from, to, window);
    let awayUp = state[UP], awayDown = state[DOWN], gain = state[GAIN], loss = state[LOSS];
    for (let i = begun; i < to; i++) {
      const change = x[i] - x[i - 1], size = Math.abs(change);
      out[i] = NaN;
      if (change - change !== 0) continue;
      const risen = size + change, fallen = size - change;
      awayUp = rest * (awayUp + (risen - gain));
      awayDown = rest * (awayDown + (fallen - loss));
      gain = risen;
      loss = fallen;
      const up = risen - awayUp, all = up + (fallen - awayDown);
      if (all >= FORGOTTEN) out[i] = 100 * up / all;
      else {awayUp =
          awayDown =
          gain =
          loss =
            0;}
    }
    state[UP] = awayUp;
    state[DOWN] = awayDown;
    state[GAIN] = gain;
    state[LOSS] = loss;
  },
});

/** The rows up to the one on which the averages begin; returns the first one behind them. */
function fillSeed(
  x: Float64Array,
  out: Float64Array,
  state: Float64Array,
  from: number,
  to: number,
  window: number,
): number {
  let i = from;
  for (; i < to && state[SEEN] < window; i++) {
    const change = x[i] - x[i - 1], size = Math.abs(change);
    out[i] = NaN;
    if (change - change !== 0) continue;
    const gain = state[GAIN] = size + change, loss = state[LOSS] = size - change;
    const up = seeded(state[UP], gain, state[SEEN], window);
    const down = seeded(state[DOWN], loss, state[SEEN], window);
    state[UP] = up;
    state[DOWN] = down;
    if (++state[SEEN] < window) continue;
    if (up + down >= FORGOTTEN) out[i] = 100 * up / (up + down);
    state[UP] = gain - up;
    state[DOWN] = loss - down;
  }
  return i;
}

/**
 * Relative strength index, 0 to 100: Wilder's average of gains as a share of that of all moves
 * (Wilder 1978; TA-Lib's RSI). First known at row `window`; unknown until something moves, and
 * again after nothing has for thousands of rows.
 */
export function rsi(x: Numeric, window: number | Numeric = 14): Numeric {
  checkCall("rsi", arguments, 2);
  return callOperator(rsiOperator, [x], { window });
}
