/**
 * A number as the fraction that its decimals say: 0.1 is one tenth, and not the double nearest to it. Over 0 it is
 * infinite, or no number if there is 0 above, too; it is not reduced.
 */
export interface DecimalFraction {
  over: bigint;
  under: bigint;
}

const DECIMAL = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;

/**
 * A number by the fewest decimals that tell it from all others, which are those that somebody wrote.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * const [a, b, c] = [0.3, 0.1, 0.2].map(fractionOf);
 * assert.equal(compared(difference(a, b), c), 0);
 * ```
 */
export function fractionOf(value: number): DecimalFraction {
  if (Number.isSafeInteger(value)) return { over: BigInt(value), under: 1n };
  const parts = DECIMAL.exec(String(value));
  if (parts === null) return { over: BigInt(Math.sign(value) || 0), under: 0n };
  const [, whole, decimals = "", power = "0"] = parts;
  const over = BigInt(whole + decimals), shift = Number(power) - decimals.length;
  return shift < 0
    ? { over, under: 10n ** BigInt(-shift) }
    : { over: over * 10n ** BigInt(shift), under: 1n };
}

/** The double nearest to it; a quotient that is no decimal may be off by its last bits. */
export function fractionNumber({ over, under }: DecimalFraction): number {
  if (under === 1n) return Number(over);
  const text = String(under), zeros = text.length - 1;
  return /^10+$/.test(text) ? Number(`${over}e-${zeros}`) : Number(over) / Number(under);
}

/** a + b */
export function sum(a: DecimalFraction, b: DecimalFraction): DecimalFraction {
  return { over: a.over * b.under + b.over * a.under, under: a.under * b.under };
}

/** a − b */
export function difference(a: DecimalFraction, b: DecimalFraction): DecimalFraction {
  return sum(a, negative(b));
}

/** a · b */
export function product(a: DecimalFraction, b: DecimalFraction): DecimalFraction {
  return { over: a.over * b.over, under: a.under * b.under };
}

/** a / b, exactly: a third times three is one. */
export function quotient(a: DecimalFraction, b: DecimalFraction): DecimalFraction {
  const over = a.over * b.under, under = a.under * b.over;
  return under < 0n ? { over: -over, under: -under } : { over, under };
}

/** What is left of a after b was taken from it as often as it goes; it has a's sign. No number if b is 0. */
export function remainder(a: DecimalFraction, b: DecimalFraction): DecimalFraction {
  const step = b.over * a.under;
  if (step === 0n) return { over: 0n, under: 0n };
  return { over: a.over * b.under % step, under: a.under * b.under };
}

/** −a */
export function negative({ over, under }: DecimalFraction): DecimalFraction {
  return { over: -over, under };
}

/** Below 0 if a is less than b, 0 if they are equal, above 0 if it is more; NaN of what is no number. */
export function compared(a: DecimalFraction, b: DecimalFraction): number {
  if (a.under === 0n || b.under === 0n) {
    const [left, right] = [a, b].map(fractionNumber);
    return left === right ? 0 : left - right;
  }
  const left = a.over * b.under, right = b.over * a.under;
  return left < right ? -1 : left > right ? 1 : 0;
}
