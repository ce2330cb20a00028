import { type Random, seededRandom } from "../engine/research/seeded_random.ts";

export { type Random, seededRandom };

/** No logarithm, no sine: the same to the last bit on every machine. Nearly normal, with mean 0 and deviation 1: the sum of twelve uniform numbers, less 6. */
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
