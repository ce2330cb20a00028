import assert from "node:assert/strict";

/** How to compare two columns. */
interface Comparison {
  /** Largest difference, as a fraction of the expected value. */
  tolerance?: number;
  /** Largest difference whatever the value, for columns that pass through 0. */
  absolute?: number;
  /** First row to compare; rows before it only have to exist. */
  from?: number;
}

/**
 * Asserts that two columns agree row by row, NaN where NaN is expected, and returns how many known
 * rows were compared: at least one.
 */
export function assertColumnsAgree(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  name: string,
  { tolerance = 1e-9, absolute = 0, from = 0 }: Comparison = {},
): number {
  assert.equal(actual.length, expected.length, `${name}: rows`);
  let known = 0;
  for (let i = from; i < expected.length; i++) {
    const [found, wanted] = [actual[i], expected[i]], off = Math.abs(found - wanted);
    if (Number.isNaN(wanted) && Number.isNaN(found)) continue;
    if (!(off <= Math.max(absolute, tolerance * Math.abs(wanted)))) {
      assert.fail(`${name}, row ${i}: ${found} is not ${wanted} (off by ${off})`);
    }
    known++;
  }
  assert(known > 0, `${name}: no row was compared`);
  return known;
}

/** The first row that is known. */
export function firstKnown(column: ArrayLike<number>): number {
  return Array.from(column).findIndex((value) => !Number.isNaN(value));
}
