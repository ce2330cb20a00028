import assert from "node:assert/strict";
import { inspect, isDeepStrictEqual } from "node:util";

/** Fails at the first row that differs in anything; 0 and −0 differ. */
export function assertSameRows<Row>(
  found: readonly Row[],
  expected: readonly Row[],
  name: string,
): void {
  const row = found.findIndex((one, i) => !isDeepStrictEqual(one, expected[i]));
  if (row >= 0) {
    assert.fail(
      `${name}: row ${row} is ${shown(found[row])}, but should be ${shown(expected[row])}`,
    );
  }
  assert.equal(found.length, expected.length, `${name}: number of rows`);
}

function shown(row: unknown): string {
  return inspect(row, { breakLength: Infinity });
}
