/** The powers of ten that are exact: dividing by one gives the double that is nearest to a decimal number. */
const POWERS = Array.from({ length: 23 }, (_, digits) => Number(`1e${digits}`));

/** Beyond so many units of its last digit a step is no decimal number that anybody wrote. */
const MOST_UNITS = 1e12;

/**
 * So many steps of a lot or tick as an amount or price: the double that is nearest to as many of the
 * decimal number that the step is written as (of a third, a seventh and so on: as many of these), where
 * multiplying would give 0.30000000000000004 for 3 × 0.1. Counts times the step's digits may reach 2⁵³;
 * of more the last bit is uncertain.
 */
export function stepsOf(count: number, step: number): number {
  for (const scale of POWERS) {
    const units = Math.round(step * scale);
    if (units >= MOST_UNITS) break;
    if (units / scale === step) return count * units / scale;
  }
  const perUnit = Math.round(1 / step);
  return Math.abs(perUnit * step - 1) < 1e-15 ? count / perUnit : count * step;
}

/** The most whole lots that are no more than an amount. */
export function wholeLots(amount: number, lot: number): number {
  if (!(lot > 0)) return amount;
  // 0.3 holds three lots of 0.1, whatever binary fractions say.
  return stepsOf(Math.floor(amount / lot * (1 + 4 * Number.EPSILON)), lot);
}

/** Digits behind the point of a number from 1 to 10 that has 12 in all. */
const DIGITS = 11;

/** The bounds of prices by their size: from 1e-11, in the order of their digits behind the point. */
const BOUNDS = POWERS.map((_, digits) => Number(`1e${DIGITS - digits}`));

/**
 * A price that is a decimal number of 12 digits but for rounding becomes that number, as 100 and a tenth
 * of it make 110.00000000000001, which no high of 110 would reach; any other stays as it is.
 */
export function withoutNoise(price: number): number {
  // A logarithm would take longer than all the rest.
  let digits = DIGITS;
  while (price >= BOUNDS[digits - 1]) digits--;
  while (price < BOUNDS[digits]) digits++;
  const scale = POWERS[digits];
  if (scale === undefined || price >= 10 * BOUNDS[0]) return price;
  const short = Math.round(price * scale) / scale;
  return Math.abs(short - price) <= 1e-15 * price ? short : price;
}

/** A price on a tick: the next one up for side 1, or down for -1; without a tick only free of noise. */
export function toTick(price: number, side: number, tick: number): number {
  if (tick === 0) return withoutNoise(price);
  const count = price / tick;
  // What is a whole number of ticks but for rounding stays where it is; of many ticks rounding takes more of one.
  const noise = Math.min(0.25, Math.max(1e-9, 8 * Number.EPSILON * count));
  return stepsOf(side > 0 ? Math.ceil(count - noise) : Math.floor(count + noise), tick);
}
