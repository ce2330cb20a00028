/**
 * What the addition `sum = a + b` lost to rounding, exactly (Knuth's two-sum). A running sum that
 * collects these errors in a second double is exact over whole numbers up to 2^106, and free of
 * drift over fractions.
 */
export function additionError(a: number, b: number, sum: number): number {
  const bRounded = sum - a;
  return (a - (sum - bRounded)) + (b - bRounded);
}

/** 2^27 + 1: times a double, it splits that into two halves of 26 bits. */
const SPLITTER = 2 ** 27 + 1;

/** What the multiplication `product = a * b` lost to rounding, exactly (Dekker's two-product). */
export function productError(a: number, b: number, product: number): number {
  const aWide = SPLITTER * a, aHigh = aWide - (aWide - a), aLow = a - aHigh;
  const bWide = SPLITTER * b, bHigh = bWide - (bWide - b), bLow = b - bHigh;
  return aLow * bLow - (((product - aHigh * bHigh) - aLow * bHigh) - aHigh * bLow);
}

/** Prices and amounts have at most this many decimals before we stop looking for a tick. */
const MOST_DECIMALS = 12;

/** Prices have at most this many ticks, so that windows of 2^16 rows still sum exactly. */
const MOST_TICKS = 2 ** 37;

/** Whether `value` is a whole number of at most `most` ticks of 10^-decimals. */
export function fitsDecimals(
  value: number,
  decimals: number,
  most: number = Number.MAX_SAFE_INTEGER,
): boolean {
  const scale = 10 ** decimals, ticks = Math.round(value * scale);
  return ticks / scale === value && ticks <= most;
}

/**
 * The fewest decimals with which every finite price can be written exactly as a decimal number, or
 * `undefined` if there is no such number, or too large a one to add exactly (prices that were
 * computed rather than quoted).
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(decimalsOf([61766.2, 61839.85, 7]), 2);
 * assert.equal(decimalsOf([1 / 3]), undefined);
 * ```
 */
export function decimalsOf(values: ArrayLike<number>, atLeast = 0): number | undefined {
  let decimals = atLeast;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value - value !== 0) continue;
    while (!fitsDecimals(value, decimals, MOST_TICKS)) {
      if (++decimals > MOST_DECIMALS) return undefined;
    }
  }
  return decimals;
}
