const DECIMAL = /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/;

/**
 * The number that a text writes in decimal, or a number itself if it is finite; `undefined` for
 * anything else. Stricter than `Number`, for which "" is 0, "0x10" is 16 and ["5"] is 5.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(decimalNumber("61800.30"), 61800.3);
 * assert.equal(decimalNumber("0x10"), undefined);
 * ```
 */
export function decimalNumber(value: unknown): number | undefined {
  if (typeof value === "string" && !DECIMAL.test(value)) return undefined;
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}
