/** Chance: numbers in [0, 1). */
export type Random = () => number;

/**
 * Seeded chance, the same for the same seed everywhere (Tommy Ettinger's mulberry32). It and all that is
 * made with it use only arithmetic that is exact to the last bit on every machine.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(seededRandom(1)(), seededRandom(1)());
 * ```
 */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
