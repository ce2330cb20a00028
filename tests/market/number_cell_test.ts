import assert from "node:assert/strict";
import fc from "fast-check";
import { numberCell } from "../../engine/market/number_cell.ts";
import { assertProperty } from "../support/property.ts";

const digits = fc.stringMatching(/^[0-9]{0,18}$/);

Deno.test("numbers are read to the last bit", () => {
  assertProperty(
    fc.property(digits, digits, fc.boolean(), (whole, fraction, point) => {
      const text = point ? `${whole}.${fraction}` : whole;
      const number = text === "" ? NaN : Number(text);
      assert.ok(Object.is(numberCell(text), number), `${text} was read as ${numberCell(text)}`);
    }),
    5_000,
  );
});

Deno.test("sixteen digits, which are more than a double holds, are rounded as they should be", () => {
  assertProperty(
    fc.property(fc.stringMatching(/^[1-9][0-9]{15}$/), (text) => {
      assert.equal(numberCell(text), Number(text));
    }),
    5_000,
  );
});

Deno.test("decimal numbers in every other spelling are read as JavaScript reads them", () => {
  assertProperty(
    fc.property(fc.double(), (number) => {
      assert.ok(Object.is(numberCell(`${number}`), number === 0 ? 0 : number));
    }),
    1_000,
  );
  for (const text of ["-1.5", "1e-7", "+3", " 42 ", "1E5", "-.5", "5.", ".5"]) {
    assert.equal(numberCell(text), Number(text));
  }
});

Deno.test("what is no number is NaN", () => {
  for (
    const text of [
      "",
      " ",
      "abc",
      "1,5",
      "1.2.3",
      ".",
      "null",
      "12a",
      "0x64",
      "0b1",
      "0o7",
      "1_000",
    ]
  ) {
    assert.ok(Number.isNaN(numberCell(text)), text);
  }
});
