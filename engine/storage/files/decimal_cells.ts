/** Up to here a power of ten is a double, and so the quotient of a safe integer by it is the nearest. */
const EXACT_POWERS = 22;

/**
 * The double nearest to `unscaled` · 10^-`scale`, which is how files keep decimal numbers: the same that
 * the number has when it is read as text. A product with 10^-`scale`, which is no double, would not be.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(unscaledNumber(10_007n, 2), 100.07); // 10007 * 0.01 is 100.07000000000001
 * ```
 */
export function unscaledNumber(unscaled: bigint | number, scale: number): number {
  const number = Number(unscaled);
  if (scale >= 0 && scale <= EXACT_POWERS && Number.isSafeInteger(number)) {
    return number / 10 ** scale;
  }
  return Number(`${unscaled}e${-scale}`);
}

/**
 * The cells of a column of decimal numbers as numbers, from the whole numbers that are kept: numbers, or
 * bytes in two's complement, the highest first. What is neither, such as null, stays.
 */
export function decimalCells(cells: ArrayLike<unknown>, scale: number): unknown[] {
  return Array.from(cells, (cell) => {
    if (cell instanceof Uint8Array) return unscaledNumber(wholeOfBytes(cell), scale);
    const isWhole = typeof cell === "number" || typeof cell === "bigint";
    return isWhole ? unscaledNumber(cell, scale) : cell;
  });
}

function wholeOfBytes(bytes: Uint8Array): bigint {
  let whole = 0n;
  for (const byte of bytes) whole = (whole << 8n) | BigInt(byte);
  return BigInt.asIntN(8 * bytes.length, whole);
}
