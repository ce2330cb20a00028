/**
 * A number as exchanges write it: the shortest decimal that reads back as the same double, without an
 * exponent.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(plainDecimal(1e-8), "0.00000001");
 * assert.equal(plainDecimal(61800.3), "61800.3");
 * ```
 */
export function plainDecimal(value: number): string {
  const [mantissa, exponent] = String(value).split("e");
  if (exponent === undefined) return mantissa;
  const [whole, fraction = ""] = mantissa.split("."), shift = Number(exponent);
  return shift < 0
    ? `0.${"0".repeat(-shift - whole.length)}${whole}${fraction}`
    : `${whole}${fraction.padEnd(shift, "0")}`;
}

/** It with at least so many decimals. */
export function withDecimals(value: number, decimals: number): string {
  const plain = plainDecimal(value), [whole, fraction = ""] = plain.split(".");
  return fraction.length >= decimals ? plain : `${whole}.${fraction.padEnd(decimals, "0")}`;
}

/** So many decimals are kept in sums. */
const SCALE = 24;

/** A decimal number times 10^24, exactly. */
export function scaled(decimal: string): bigint {
  const [whole, fraction = ""] = decimal.split(".");
  return BigInt(whole + fraction.padEnd(SCALE, "0"));
}

/** A number times 10^24 as a decimal number. */
export function unscaled(value: bigint): string {
  const digits = `${value}`.padStart(SCALE + 1, "0");
  const fraction = digits.slice(-SCALE).replace(/0+$/, "");
  return fraction === "" ? digits.slice(0, -SCALE) : `${digits.slice(0, -SCALE)}.${fraction}`;
}
