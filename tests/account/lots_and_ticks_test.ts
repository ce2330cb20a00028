import assert from "node:assert/strict";
import { withoutNoise } from "../../engine/account/lots_and_ticks.ts";

/** A number some units in the last place away. */
function nudged(value: number, by: bigint): number {
  const bits = new BigInt64Array(Float64Array.of(value).buffer);
  bits[0] += by;
  return new Float64Array(bits.buffer)[0];
}

Deno.test("a decimal number of 12 digits is free of noise, however large or small; other prices stay", () => {
  for (let exponent = -10; exponent <= 11; exponent++) {
    for (const digits of ["1", "1.1", "3.14159265358", "9.99999999999"]) {
      const price = Number(`${digits}e${exponent}`);
      for (const by of [-3n, -1n, 0n, 1n, 3n]) {
        assert.equal(withoutNoise(nudged(price, by)), price, `${digits}e${exponent} and ${by}`);
      }
      const other = nudged(price, 40n);
      assert.equal(withoutNoise(other), other);
    }
  }
  for (const price of [NaN, Infinity, 0, -1, 1e30, 1e-30]) {
    assert(Object.is(withoutNoise(price), price), `${price}`);
  }
});
