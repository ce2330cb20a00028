import { callOperator } from "../../call_operator.ts";
import { checkCandleCall } from "../../check_call.ts";
import { high, low, type Numeric } from "../../expression.ts";
import { kernel } from "../../operator.ts";

const SIDE = 0, STOP = 1, EXTREME = 2, PACE = 3, TOP = 4, BOTTOM = 5, BEGUN = 6;

export const parabolicSarOperator = kernel({
  name: "parabolicSar",
  inputs: ["number", "number"],
  args: { step: { min: 0, max: 1 }, most: { min: 0, max: 1 } },
  stateSize: () => 7,
  memory: () => Infinity,
  fill([high, low], [out], state, from, to, { args: { step, most } }) {
    for (let i = from; i < to; i++) {
      const both = high[i] + low[i];
      out[i] = NaN;
      if (both - both === 0) out[i] = follow(state, high[i], low[i], Math.min(step, most), most);
    }
  },
});

/** Takes a candle; returns the stop that holds on it, unknown on the first one. */
function follow(
  state: Float64Array,
  top: number,
  bottom: number,
  step: number,
  most: number,
): number {
  let [side, stop, extreme, pace, topBefore, bottomBefore] = state;
  [state[TOP], state[BOTTOM]] = [top, bottom];
  if (state[BEGUN] === 0) {
    state[BEGUN] = 1;
    return NaN;
  }
  if (side === 0) {
    const down = bottomBefore - bottom;
    side = down > 0 && down > top - topBefore ? -1 : 1;
    [stop, extreme] = side > 0 ? [bottomBefore, top] : [topBefore, bottom];
    // As TA-Lib has it, the first candle counts for itself and for the one before.
    [pace, topBefore, bottomBefore] = [step, top, bottom];
  }
  const outside = (stop: number) =>
    side > 0 ? Math.min(stop, bottomBefore, bottom) : Math.max(stop, topBefore, top);
  if (side > 0 ? bottom <= stop : top >= stop) {
    side = -side;
    stop = outside(extreme);
    [extreme, pace] = [side > 0 ? top : bottom, step];
  } else if (side > 0 ? top > extreme : bottom < extreme) {
    [extreme, pace] = [side > 0 ? top : bottom, Math.min(pace + step, most)];
  }
  state[SIDE] = side;
  state[STOP] = outside(stop + pace * (extreme - stop));
  state[EXTREME] = extreme;
  state[PACE] = pace;
  return stop;
}

/**
 * Parabolic stop and reverse: a stop that follows the price faster with each new extreme, by `step` more of the way, up to
 * `most`, and turns to the other side when it is touched (Wilder 1978; TA-Lib's SAR). First known at row 1.
 */
export function parabolicSar(
  step: number | Numeric = 0.02,
  most: number | Numeric = 0.2,
): Numeric {
  checkCandleCall("parabolicSar", arguments, 2);
  return callOperator(parabolicSarOperator, [high, low], { step, most });
}
