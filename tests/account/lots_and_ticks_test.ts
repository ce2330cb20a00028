import assert from "node:assert/strict";
import { toTick, withoutNoise } from "../../engine/account/lots_and_ticks.ts";

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

Deno.test("a level that is a whole number of ticks but for rounding is that, however many they are", () => {
  let noisy = 0;
  for (const digits of [0, 2, 3, 8]) {
    const tick = Number(`1e-${digits}`);
    for (let size = 10; size <= 40; size++) {
      for (let k = 1; k < 100; k += 7) {
        // The entry is a whole number of thousands of ticks, so that a thousandth of it more or less is one.
        const thousands = Math.floor(2 ** size / 1_000 * (1 + k / 128)) + 1;
        const entry = Number(`${1_000 * thousands}e-${digits}`);
        for (const side of [1, -1] as const) {
          const level = entry * (1 + side * k / 1_000);
          const ticks = thousands * (1_000 + side * k), exact = Number(`${ticks}e-${digits}`);
          if (Math.abs(level / tick - ticks) > 1e-9) noisy++;
          for (const to of [1, -1] as const) {
            assert.equal(toTick(level, to, tick), exact, `${ticks} ticks of ${tick}`);
            // A tenth of a tick is no rounding.
            const beyond = Number(`${10 * ticks + to}e-${digits + 1}`);
            assert.equal(toTick(beyond, to, tick), Number(`${ticks + to}e-${digits}`));
          }
        }
      }
    }
  }
  assert(noisy > 300, `${noisy} levels were off by more than a fixed billionth of a tick`);
});
