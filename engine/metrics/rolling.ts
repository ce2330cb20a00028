import { InputError } from "../market/errors.ts";

/**
 * A measure over each `window` values that follow one another, at the place of the last: one for each
 * value, NaN before there are enough. Throws an `InputError` unless `window` is a whole number of 2 or
 * more.
 */
export function rolling(
  values: Float64Array,
  window: number,
  measure: (values: Float64Array) => number,
): Float64Array {
  if (!(Number.isInteger(window) && window >= 2)) {
    throw new InputError(
      `Cannot measure over ${window} returns: window must be a whole number of 2 or more`,
    );
  }
  return values.map((_, i) =>
    i + 1 < window ? NaN : measure(values.subarray(i + 1 - window, i + 1))
  );
}
