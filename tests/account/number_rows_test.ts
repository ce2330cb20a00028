import assert from "node:assert/strict";
import { NumberRows } from "../../engine/account/number_rows.ts";

/** The rows from the `first` on. */
function read(rows: NumberRows, first = 0): number[][] {
  const found: number[][] = [];
  rows.each((numbers, at) => found.push([...numbers.subarray(at, at + rows.width)]), first);
  return found;
}

Deno.test("rows are there as they were written, however many, and others behind those that were dropped", () => {
  const rows = new NumberRows(3), expected: number[][] = [];
  const add = (n: number) => {
    const at = rows.add();
    expected.push([n, -n, n / 3]);
    rows.numbers.set(expected.at(-1)!, at);
  };
  for (let n = 0; n < 10_000; n++) add(n);
  assert.equal(rows.length, 10_000);
  assert.deepEqual(read(rows), expected);
  assert.deepEqual(read(rows, 9_998), expected.slice(9_998));
  while (rows.length > 31) rows.drop();
  expected.length = 31;
  assert.equal(rows.numbers[rows.newest], 30);
  for (let n = 50; n < 60; n++) add(n);
  assert.deepEqual(read(rows), expected);
  while (rows.length > 0) rows.drop();
  assert.ok(rows.newest < 0);
  expected.length = 0;
  add(7);
  assert.deepEqual(read(rows), expected);
});
