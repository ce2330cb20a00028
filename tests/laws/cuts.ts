import { type Random } from "../../data/random.ts";

/** Rows [from, to) that are taken at once. */
export type Cut = readonly [from: number, to: number];

/** Chunk sizes at which every law is tried, besides random ones and all rows at once. */
export const CHUNK_SIZES = [1, 64, 1024, 4096, 16384];

/** Rows 0 to `rows` in chunks of one size. */
export function evenCuts(rows: number, size: number): Cut[] {
  const cuts: Cut[] = [];
  for (let from = 0; from < rows; from += size) cuts.push([from, Math.min(from + size, rows)]);
  return cuts;
}

/** Rows 0 to `rows` in chunks of random sizes: now and then one, mostly a few, sometimes very many. */
export function randomCuts(rows: number, random: Random): Cut[] {
  const cuts: Cut[] = [];
  for (let from = 0; from < rows;) {
    const size = Math.floor(rows ** random());
    cuts.push([from, Math.min(from + Math.max(1, size), rows)]);
    from = cuts.at(-1)![1];
  }
  return cuts;
}

/** What is written where nobody may read: each would change a number that it gets into. */
export const POISONS = [NaN, 1e300, -1e300, Infinity, -Infinity, 12_345.678, 0];
