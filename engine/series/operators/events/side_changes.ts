/** On which side one column lies of another; 0 before that is known. */
export const BELOW = 1, ABOVE = 2;

/**
 * Writes into `rows` the rows of [from, to) on which `a` comes to lie on the other side of `b`, and
 * returns how many there are. They go up and down in turn, the last one to the side that is in
 * `state[0]` then. A tie changes nothing, nor does an unknown.
 */
export function sideChanges(
  a: Float64Array,
  b: Float64Array,
  state: Float64Array,
  from: number,
  to: number,
  rows: Int32Array,
): number {
  let last = state[0], count = 0, i = from;
  if (last === 0) {
    while (i < to && !(a[i] > b[i]) && !(a[i] < b[i])) i++;
    if (i === to) return 0;
    last = a[i] > b[i] ? ABOVE : BELOW;
    i++;
  }
  // One comparison a row: which one depends on the side.
  while (true) {
    if (last === ABOVE) { while (i < to && !(a[i] < b[i])) i++; }
    else while (i < to && !(a[i] > b[i])) i++;
    if (i >= to) break;
    rows[count++] = i++;
    last = ABOVE + BELOW - last;
  }
  state[0] = last;
  return count;
}
