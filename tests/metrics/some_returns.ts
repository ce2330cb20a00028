import assert from "node:assert/strict";
import fc from "fast-check";
import { agree } from "./made_performance.ts";

/** Returns of −5 % to 5 % in steps of a hundredth of a percent, 4 to 60 of them, not all the same. */
export const someReturns = fc
  .array(fc.integer({ min: -500, max: 500 }), { minLength: 4, maxLength: 60 })
  .filter((ticks) => new Set(ticks).size > 1)
  .map((ticks) => Float64Array.from(ticks, (tick) => tick / 10_000));

/** Asserts that two numbers agree to the last digits. */
export function near(actual: number, expected: number) {
  assert(agree(actual, expected), `${actual} is not ${expected}`);
}
