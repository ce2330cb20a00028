/** Doubles that `fillSmoothed` keeps. */
export const SMOOTHING_SLOTS = 3;

const SEEN = 0, AWAY = 1, BEFORE = 2;

/** Distances so small are none: what is smaller still would take a processor a hundred times as long. */
const NEGLIGIBLE = 1e-200;

/** What is left of a row in an average counts for nothing once it is less than this share. */
const FORGOTTEN = 1e-9;

/** After how many rows an average that moves by `weight` a row has forgotten where it was. */
export function smoothingMemory(weight: number): number {
  return weight < 1 ? Math.ceil(Math.log(FORGOTTEN) / Math.log(1 - weight)) : 0;
}

/**
 * One step of exponential smoothing: towards the new by `weight` of the way. Written so, and not as a
 * sum of two products, the average of a flat market comes to rest on the side from which it came:
 * rounding cannot carry two averages across each other.
 */
export function smoothed(value: number, x: number, weight: number): number {
  return value + weight * (x - value);
}

/**
 * The start of an average, as TA-Lib has it: the mean of the first `window` rows. `seen` rows came before this one; until
 * there are `window`, what is returned is their sum so far.
 */
export function seeded(sum: number, x: number, seen: number, window: number): number {
  return seen + 1 === window ? (sum + x) / window : sum + x;
}

/**
 * Exponential smoothing that starts with the mean of the first `window` known rows. Unknown before
 * that; an unknown row later on is unknown and leaves the average as it is.
 *
 * What is kept is not the average but how far the newest row lies from it: that distance grows by what the row moved
 * and shrinks to `1 - weight` of itself. This is `smoothed` with one operation less to wait for from row to row, and
 * with the same rest in a flat market, where the distance shrinks and never changes its side.
 *
 * The loop is written without a call, and reads its start from the state, where the rows before it left it: otherwise
 * V8 keeps the distance on the heap, which takes three times as long.
 */
export function fillSmoothed(
  x: Float64Array,
  out: Float64Array,
  state: Float64Array,
  from: number,
  to: number,
  window: number,
  weight: number,
): void {
  let i = from;
  for (; i < to && state[SEEN] < window; i++) {
    out[i] = NaN;
    if (x[i] - x[i] !== 0) continue;
    state[AWAY] = seeded(state[AWAY], x[i], state[SEEN], window);
    state[BEFORE] = x[i];
    if (++state[SEEN] < window) continue;
    out[i] = state[AWAY];
    state[AWAY] = x[i] - out[i];
  }
  const rest = 1 - weight;
  let away = state[AWAY], before = state[BEFORE];
  for (; i < to; i++) {
    const entering = x[i];
    out[i] = NaN;
    if (entering - entering !== 0) continue;
    away = rest * (away + (entering - before));
    if (Math.abs(away) < NEGLIGIBLE) away = 0;
    before = entering;
    out[i] = entering - away;
  }
  state[AWAY] = away;
  state[BEFORE] = before;
}
