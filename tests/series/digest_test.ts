import assert from "node:assert/strict";
import { digestRows } from "../../engine/series/digest.ts";
import { seededRandom } from "../../data/random.ts";

const ROWS = 400;
const columns = [1, 2].map((seed) => {
  const random = seededRandom(seed);
  return Float64Array.from({ length: ROWS }, () => random() < 0.1 ? NaN : random());
});
const whole = digestRows(0, columns, 0, ROWS);

Deno.test("A digest does not depend on how the rows are cut", () => {
  for (const cut of [0, 1, 7, 399]) {
    assert.equal(digestRows(digestRows(0, columns, 0, cut), columns, cut, ROWS), whole);
  }
  assert(Number.isInteger(whole) && whole >= 0 && whole < 2 ** 32);
});

Deno.test("A digest tells any bit of any row, and the order and number of rows", () => {
  const digests = new Set([whole]), [x, y] = columns;
  const add = (...other: Float64Array[]) => digests.add(digestRows(0, other, 0, other[0].length));
  for (let bit = 0; bit < 64; bit++) {
    const changed = x.slice(), bits = new BigUint64Array(changed.buffer);
    bits[bit] = changed[bit] !== changed[bit] ? 0n : bits[bit] ^ 1n << BigInt(bit);
    add(changed, y);
  }
  add(y, x);
  add(x.toReversed(), y.toReversed());
  for (let rows = 0; rows < ROWS; rows++) add(x.slice(0, rows), y);
  assert.equal(digests.size, 1 + 64 + 2 + ROWS);
});

Deno.test("To a digest every NaN is the same", () => {
  const odd = new Float64Array(1), bits = new BigUint64Array(odd.buffer);
  bits[0] = 0xfff8_0000_0000_0123n;
  assert.equal(digestRows(5, [odd], 0, 1), digestRows(5, [Float64Array.of(NaN)], 0, 1));
});
