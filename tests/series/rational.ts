/** A number as a fraction of whole numbers: exact, however it is added up. */
interface Rational {
  numerator: bigint;
  denominator: bigint;
}

/** Doubles of usual size are whole multiples of 2^-DIGITS. */
const DIGITS = 160n;
const UNIT = 1n << DIGITS;

/** A double as a whole number of 2^-160. Throws for one that is finer than that. */
export function wholeUnits(value: number): bigint {
  let scaled = value, shift = DIGITS;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    shift--;
  }
  if (shift < 0n) throw new RangeError(`${value} is finer than 2^-160`);
  return BigInt(scaled) << shift;
}

/** The double nearest to units / divisor, where units are whole numbers of 2^-160. */
export function nearestOfUnits(units: bigint, divisor: bigint): number {
  return nearest(units, divisor * UNIT);
}

/** The double nearest to a fraction, ties to even: what one exact division gives. */
export function nearest(numerator: bigint, denominator: bigint): number {
  if (numerator < 0n) return -nearest(-numerator, denominator);
  if (numerator === 0n) return 0;
  const bits = numerator.toString(2).length - denominator.toString(2).length;
  const shift = BigInt(Math.max(0, 70 - bits));
  const quotient = (numerator << shift) / denominator;
  const isExact = quotient * denominator === numerator << shift;
  // Below the 53 bits of a double a last bit that is set says: a little more than this.
  return Number(isExact ? quotient : quotient | 1n) * 2 ** -Number(shift);
}
