import assert from "node:assert/strict";

/**
 * Fails at the first row where two columns differ in a bit. 0 and −0 differ; NaN is NaN, because
 * JavaScript leaves open which of its many bit patterns an operation gives.
 */
export function assertSameBits(found: Float64Array, expected: Float64Array, name: string): void {
  assert.equal(found.length, expected.length, `${name}: number of rows`);
  for (let i = 0; i < found.length; i++) {
    if (Object.is(found[i], expected[i])) continue;
    assert.fail(`${name}: row ${i} is ${shown(found[i])}, but should be ${shown(expected[i])}`);
  }
}

/** Fails at the first −0: equal numbers have to be equal bits. */
export function assertNoNegativeZero(column: Float64Array, name: string): void {
  const row = column.findIndex((value) => Object.is(value, -0));
  assert.equal(row, -1, `${name}: row ${row} is -0`);
}

function shown(value: number): string {
  return Object.is(value, -0) ? "-0" : `${value}`;
}
