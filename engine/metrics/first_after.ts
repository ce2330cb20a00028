/**
 * The first index at or past `from` of a time after `time`, where all before `from` are not. Looked for
 * in steps that double, for a year has 525,600 and what is wanted is mostly near.
 */
export function firstAfter(times: Float64Array, time: number, from = 0): number {
  const { length } = times;
  let low = from, step = 1;
  while (low + step <= length && times[low + step - 1] <= time) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step - 1, length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle] > time) high = middle;
    else low = middle + 1;
  }
  return low;
}
