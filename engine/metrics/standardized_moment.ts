import { centralMoment } from "./central_moment.ts";
import { isRounding } from "./rounding.ts";

/**
 * Central moment of `order` over the standard deviation raised to it, both dividing by n: 3 is the
 * biased skewness, 4 the biased kurtosis (3 for a normal distribution). A pure number; NaN of no
 * values, and if they do not vary.
 */
export function standardizedMoment(values: ArrayLike<number>, order: number): number {
  const variance = centralMoment(values, 2);
  if (isRounding(Math.sqrt(variance), 1)) return NaN;
  return centralMoment(values, order) / variance ** (order / 2);
}
