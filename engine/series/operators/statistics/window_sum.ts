import { additionError } from "../../../market/exact.ts";
import type { KernelContext } from "../../operator.ts";
import { refreshBlock } from "./refresh.ts";

/** Doubles that `fillWindowSums` keeps. */
export const WINDOW_SUM_SLOTS = 3;

/**
 * Fills `out` with the sum of the last `window` rows, divided by `divisor`; unknown while a row of
 * the window is. Over whole ticks the sum is exact and there is one division, so equal windows give
 * equal bits. Over derived columns the sum is compensated, and does not depend on where the run
 * started once a refresh has passed.
 */
export function fillWindowSums(
  x: Float64Array,
  out: Float64Array,
  state: Float64Array,
  from: number,
  to: number,
  context: KernelContext,
  divisor: number,
): void {
  const { ticks, scale, args: { window } } = context;
  if (ticks) fillExact(ticks, out, state, from, to, window, divisor * scale);
  else fillCompensated(x, out, state, from, to, context, divisor);
}

function fillExact(
  ticks: Float64Array,
  out: Float64Array,
  state: Float64Array,
  from: number,
  to: number,
  window: number,
  divisor: number,
): void {
  let i = from;
  for (; i < to && state[1] < window; i++) {
    state[0] += ticks[i];
    state[1]++;
    out[i] = NaN;
    if (state[1] === window) out[i] = state[0] / divisor;
  }
  let sum = state[0];
  for (; i < to; i++) {
    sum += ticks[i] - ticks[i - window];
    out[i] = sum / divisor;
  }
  state[0] = sum;
}

function fillCompensated(
  x: Float64Array,
  out: Float64Array,
  state: Float64Array,
  from: number,
  to: number,
  context: KernelContext,
  divisor: number,
): void {
  const { args: { window } } = context;
  let sum = state[0], known = state[1], lost = state[2], block = refreshBlock(context, from - 1);
  for (let i = from; i < to; i++) {
    const before = block;
    block = refreshBlock(context, i);
    let first = i;
    if (block === before) {
      const leaving = x[i - window];
      if (leaving - leaving === 0) {
        const rest = sum - leaving;
        lost += additionError(sum, -leaving, rest);
        sum = rest;
        known--;
      }
    } else {
      sum = known = lost = 0;
      first = i - window + 1;
    }
    for (let j = first; j <= i; j++) {
      const entering = x[j];
      if (entering - entering !== 0) continue;
      const total = sum + entering;
      lost += additionError(sum, entering, total);
      sum = total;
      known++;
    }
    out[i] = NaN;
    if (known === window) out[i] = (sum + lost) / divisor + 0;
  }
  state[0] = sum;
  state[1] = known;
  state[2] = lost;
}
