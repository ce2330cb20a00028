/** So many times fewer sets are left for so many times more rows. */
const PART = 3;

/** The most rungs, so that even the first sees a 27th of the rows; the fewest sets and rows of one. */
const MOST = 4, FEWEST_SETS = 10, FEWEST_ROWS = 500;

/** A step of a halving: so many sets are tried over so many rows. */
export interface Rung {
  sets: number;
  rows: number;
}

/**
 * The rungs of a successive halving of so many sets over so many rows: all sets over a 27th of the rows, the best third
 * of them over a ninth, and so on to all rows; fewer rungs where sets or rows are few. Each costs about the
 * same.
 *
 * Source: K. Jamieson and A. Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter
 * Optimization", AISTATS 2016; thirds as in L. Li et al., "Hyperband", JMLR 18, 2018.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(halvingRungs(270, 27_000), [
 *   { sets: 270, rows: 1_000 },
 *   { sets: 90, rows: 3_000 },
 *   { sets: 30, rows: 9_000 },
 *   { sets: 10, rows: 27_000 },
 * ]);
 * ```
 */
export function halvingRungs(sets: number, rows: number): Rung[] {
  let steps = 0;
  while (
    steps + 1 < MOST && sets >= FEWEST_SETS * PART ** (steps + 1) &&
    rows >= FEWEST_ROWS * PART ** (steps + 1)
  ) steps++;
  return Array.from({ length: steps + 1 }, (_, step) => ({
    sets: Math.ceil(sets / PART ** step),
    rows: Math.ceil(rows / PART ** (steps - step)),
  }));
}
