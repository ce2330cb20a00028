import assert from "node:assert/strict";
import fc from "fast-check";
import { affordable } from "../../engine/account/terms.ts";
import { assertProperty } from "../support/property.ts";

const terms = (price: number, fee: number) => ({
  price,
  slope: 0,
  volume: 0,
  fee,
  fixedFee: 0,
  lot: 0,
  margin: 1,
});

Deno.test("what is affordable never costs more than the cash, down to the smallest doubles", () => {
  const positive = fc.double({ min: 5e-324, max: 1e300, noNaN: true });
  const fee = fc.double({ min: 0, max: 0.9, noNaN: true });
  const property = fc.property(positive, positive, fee, (cash, price, fee) => {
    const amount = affordable(cash, terms(price, fee));
    if (!Number.isFinite(amount)) return;
    assert(amount >= 0 && amount * price + amount * price * fee <= cash);
  });
  assertProperty(property, 5_000);
  assert.equal(affordable(5e-324, terms(3, 0.001)), 0);
});
