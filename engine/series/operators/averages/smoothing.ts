/** Doubles that `fillSmoothed` keeps. */
export const SMOOTHING_SLOTS = 2;

const SEEN = 0, VALUE = 1;

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
 * As `smoothed`, started as TA-Lib starts it: with the mean of the first `window` rows. `seen` rows
 * came before this one; until there are `window`, what is returned is their sum so far.
 */
export function smoothedFromMean(
  value: number,
  x: number,
  weight: number,
  seen: number,
  window: number,
): number {
  if (seen >= window) return smoothed(value, x, weight);
  const sum = value + x;
  return seen + 1 === window ? sum / window : sum;
}

/**
 * Exponential smoothing that starts with the mean of the first `window` known rows. Unknown before
 * that; an unknown row later on is unknown and leaves the average as it is.
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
  let seen = state[SEEN], value = state[VALUE];
  for (let i = from; i < to; i++) {
    out[i] = NaN;
    if (x[i] - x[i] !== 0) continue;
    value = smoothedFromMean(value, x[i], weight, seen, window);
    if (seen < window) seen++;
    if (seen === window) out[i] = value;
  }
  state[SEEN] = seen;
  state[VALUE] = value;
}
