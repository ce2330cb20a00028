import { BLOCK_ROWS, type BlockRanges } from "../../block_ranges.ts";

/** On which side one column lies of another; 0 before that is known. */
export const BELOW = 1, ABOVE = 2;

/**
 * Writes into `rows`, behind the first `count`, the rows of [from, to) on which `a` comes to lie on the other side of `b`, and
 * returns how many there are with these. They go up and down in turn, the last one to the side that is in
 * `state[0]` then. A tie changes nothing, nor does an unknown.
 */
export function sideChanges(
  a: Float64Array,
  b: Float64Array,
  state: Float64Array,
  from: number,
  to: number,
  rows: Int32Array,
  count = 0,
): number {
  let last = state[0], i = from;
  if (last === 0) {
    while (i < to && !(a[i] > b[i]) && !(a[i] < b[i])) i++;
    if (i === to) return count;
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

/** On which side `a` was of `b` on the last row of [from, to) on which it was on one; 0 if it was on none. */
export function lastSide(a: Float64Array, b: Float64Array, from: number, to: number): number {
  for (let i = to - 1; i >= from; i--) {
    if (a[i] > b[i]) return ABOVE;
    if (a[i] < b[i]) return BELOW;
  }
  return 0;
}

/** As `sideChanges`, where the ranges of both are known: in most blocks `a` cannot have come to the other side. */
export function sideChangesByBlocks(
  [a, aRanges]: readonly [Float64Array, BlockRanges],
  [b, bRanges]: readonly [Float64Array, BlockRanges],
  state: Float64Array,
  from: number,
  to: number,
  rows: Int32Array,
): number {
  const { low, high } = aRanges, { low: bLow, high: bHigh } = bRanges;
  const blocks = Math.ceil((to - from) / BLOCK_ROWS);
  for (let block = 0, count = 0;; block++) {
    const side = state[0];
    if (side === ABOVE) { while (block < blocks && low[block] >= bHigh[block]) block++; }
    if (side === BELOW) { while (block < blocks && high[block] <= bLow[block]) block++; }
    if (block >= blocks) return count;
    const begin = from + block * BLOCK_ROWS;
    count = sideChanges(a, b, state, begin, Math.min(begin + BLOCK_ROWS, to), rows, count);
  }
}
