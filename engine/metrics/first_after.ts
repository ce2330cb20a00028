/** The first index at or past `from` of a time after `time`; bisected, for a year has 525,600. */
export function firstAfter(times: Float64Array, time: number, from = 0): number {
  let low = from, high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle] > time) high = middle;
    else low = middle + 1;
  }
  return low;
}
