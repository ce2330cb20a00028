import type { Random } from "./seeded_random.ts";

/**
 * Draws as many of `length` places as there are, with replacement and in stretches that stay together,
 * and calls `visit` with each, in their order. A stretch begins anywhere, goes on behind the last place
 * with the first one, and ends after each place with chance 1 / `stretch`, so that this is its mean
 * length: what is drawn is as dependent from place to place as it was, and stationary.
 *
 * Source: D. N. Politis and J. P. Romano, "The Stationary Bootstrap", Journal of the American
 * Statistical Association 89, 1994.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { seededRandom } from "./seeded_random.ts";
 * const drawn: number[] = [];
 * eachDrawn(4, Infinity, seededRandom(1), (place) => drawn.push(place)); // one stretch, all around
 * assert.deepEqual(drawn.map((place) => (place - drawn[0] + 4) % 4), [0, 1, 2, 3]);
 * ```
 */
export function eachDrawn(
  length: number,
  stretch: number,
  random: Random,
  visit: (place: number) => void,
): void {
  for (let i = 0, at = 0; i < length; i++) {
    at = i === 0 || random() < 1 / stretch ? Math.floor(random() * length) : (at + 1) % length;
    visit(at);
  }
}
