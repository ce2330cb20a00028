import assert from "node:assert/strict";
import fc from "fast-check";
import { additionError, decimalsOf, fitsDecimals } from "../../engine/market/exact.ts";
import { assertProperty } from "../support/property.ts";

/** Whole numbers that fill a double and ones far above them, so that sums are rounded. */
const wholeDouble = fc.tuple(fc.maxSafeInteger(), fc.integer({ min: 0, max: 40 }))
  .map(([digits, exponent]) => digits * 2 ** exponent);

Deno.test("an addition and its error are the exact sum", () => {
  assertProperty(fc.property(wholeDouble, wholeDouble, (a, b) => {
    const sum = a + b, error = additionError(a, b, sum);
    assert.equal(BigInt(sum) + BigInt(error), BigInt(a) + BigInt(b));
  }));
});

Deno.test("a thousand tenths and their error are 100", () => {
  let sum = 0, lost = 0;
  for (let i = 0; i < 1_000; i++) {
    lost += additionError(sum, 0.1, sum + 0.1);
    sum += 0.1;
  }
  assert.notEqual(sum, 100);
  assert.equal(sum + lost, 100);
});

const decimal = fc.tuple(fc.integer({ min: 1, max: 10 ** 5 }), fc.integer({ min: 0, max: 6 }))
  .map(([ticks, decimals]) =>
    `${ticks}`.padStart(decimals + 1, "0").replace(
      new RegExp(`(\\d{${decimals}})$`),
      decimals === 0 ? "$1" : ".$1",
    )
  );

Deno.test("the decimals of numbers are those of their text", () => {
  assertProperty(fc.property(fc.array(decimal, { minLength: 1 }), (texts) => {
    const written = texts.map((text) => (text.split(".")[1] ?? "").replace(/0+$/, "").length);
    assert.equal(decimalsOf(texts.map(Number)), Math.max(...written));
  }));
});

Deno.test("numbers that were computed have no decimals", () => {
  assert.equal(decimalsOf([100, 1 / 3]), undefined);
  assert.equal(decimalsOf([Math.PI * 1e4]), undefined);
});

Deno.test("prices with too many ticks to be added over windows have no decimals", () => {
  assert.equal(decimalsOf([0.001, 137_438_953]), 3);
  assert.equal(decimalsOf([0.001, 137_438_954]), undefined);
});

Deno.test("decimals are no fewer than asked for, and unknown values do not count", () => {
  assert.equal(decimalsOf([1, NaN, Infinity], 3), 3);
  assert.equal(decimalsOf([]), 0);
});

Deno.test("ticks past what a double counts do not fit", () => {
  assert.ok(fitsDecimals(90_071_992_547_409.91, 2));
  assert.ok(!fitsDecimals(90_071_992_547_409.93, 2));
});
