/** Doubles that `fillSmoothed` keeps. */
export const SMOOTHING_SLOTS = 2;

const SEEN = 0, VALUE = 1;

/** One step of exponential smoothing: `weight` of the new, the rest of the old. */
export function smoothed(value: number, x: number, weight: number): number {
  return value * (1 - weight) + weight * x;
}

/**
 * Exponential smoothing that starts with the mean of the first `window` known rows, as TA-Lib does.
 * Unknown before that; an unknown row later on is unknown and leaves the average as it is.
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
    const next = x[i];
    if (next - next !== 0) {
      out[i] = NaN;
    } else if (seen === window) {
      out[i] = value = smoothed(value, next, weight);
    } else {
      value += next;
      seen++;
      if (seen === window) value /= window;
      out[i] = seen === window ? value : NaN;
    }
  }
  state[SEEN] = seen;
  state[VALUE] = value;
}
