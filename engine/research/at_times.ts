import { firstAfter } from "../metrics/first_after.ts";

/** The values of a column at some of its times; 0 at one that it does not have. Both are in order. */
export function atTimes(
  wanted: Float64Array,
  times: Float64Array,
  values: Float64Array,
): Float64Array {
  let row = 0;
  return wanted.map((time) => {
    row = firstAfter(times, time, row);
    return times[row - 1] === time ? values[row - 1] : 0;
  });
}
