/**
 * Seeded chance: numbers in [0, 1), the same for the same seed everywhere (Tommy Ettinger's
 * mulberry32). It and all that is made with it use only arithmetic that is exact to the last bit on
 * every machine: no logarithm, no sine.
 */
export type Random = () => number;

export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Nearly normal, with mean 0 and deviation 1: the sum of twelve uniform numbers, less 6. */
export function normal(random: Random): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random();
  return sum;
}

/** A number between `least` and `most`. */
export function between(random: Random, least: number, most: number): number {
  return least + (most - least) * random();
}

/** A whole number with the given mean: the whole part of it, and one more as often as needed. */
export function wholeNear(random: Random, mean: number): number {
  return Math.floor(mean + random());
}
