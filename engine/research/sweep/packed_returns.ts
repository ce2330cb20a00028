/**
 * Returns of some sets in one array, so that they travel as numbers do: how many sets, how many returns each
 * has, and these.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * const returns = [Float64Array.of(0.1, -0.2), Float64Array.of(), Float64Array.of(0.3)];
 * assert.deepEqual(unpackReturns(packReturns(returns)), returns);
 * ```
 */
export function packReturns(returns: readonly Float64Array[]): Float64Array {
  const lengths = returns.map(({ length }) => length), { length: count } = returns;
  const packed = new Float64Array(lengths.reduce((sum, length) => sum + length, 1 + count));
  packed.set([count, ...lengths]);
  let at = 1 + count;
  for (const one of returns) {
    packed.set(one, at);
    at += one.length;
  }
  return packed;
}

/** The returns of each set, of what `packReturns` made. */
export function unpackReturns(packed: Float64Array): Float64Array[] {
  const count = packed[0];
  let at = 1 + count;
  return Array.from({ length: count }, (_, set) => packed.slice(at, at += packed[1 + set]));
}
