/**
 * So many steps of a lot or tick as an amount or price: dividing by a whole number of steps a unit gives
 * 0.3 where multiplying gives 0.30000000000000004.
 */
export function stepsOf(count: number, step: number): number {
  const perUnit = Math.round(1 / step), isPart = Math.abs(perUnit * step - 1) < 1e-9;
  return isPart ? count / perUnit : count * step;
}

/** A price on a tick: the next one up for side 1, or down for -1; as it is without a tick. */
export function toTick(price: number, side: number, tick: number): number {
  if (tick === 0) return price;
  // What is a whole number of ticks but for rounding stays where it is.
  const ticks = side > 0 ? Math.ceil(price / tick - 1e-9) : Math.floor(price / tick + 1e-9);
  return stepsOf(ticks, tick);
}
