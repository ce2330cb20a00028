import type { NumberRule } from "../../operator.ts";

/** An hour of the UTC day, fractions allowed: 13.5 is half past one. */
export const HOUR_OF_DAY: NumberRule = { min: 0, max: 24 };

export const HOUR = 3_600_000, DAY = 24 * HOUR;

/**
 * Which session a candle that closes at `time` belongs to, counted in days. One that closes as the next session begins still
 * belongs to the one that ends.
 */
export function sessionOf(time: number, begins: number): number {
  return Math.ceil((time - begins * HOUR) / DAY);
}
