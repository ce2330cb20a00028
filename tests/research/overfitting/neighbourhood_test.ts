import assert from "node:assert/strict";
import { neighbourhood } from "../../../engine/research/overfitting/neighbourhood.ts";
import type { SweepResult } from "../../../engine/research/sweep/sweep_result.ts";

/** A sweep of a table: Sharpe ratios by slow (across) and fast (down), with one set left out. */
const RATIOS = [[0.1, 0.2, 0.3], [0.4, 0.9, 0.5], [NaN, 0.6, 0.7]];
const SETS = RATIOS.flatMap((row, i) =>
  row.map((sharpe, j) => ({ fast: 5 * i, slow: 10 * j, sharpe }))
)
  .filter(({ fast, slow }) => fast !== 10 || slow !== 0);

const found = {
  sets: {
    names: ["fast", "slow", "kind"],
    length: SETS.length,
    at: (set: number) => ({ fast: SETS[set].fast, slow: SETS[set].slow, kind: "a" }),
  },
  length: SETS.length,
  column: () => Float64Array.from(SETS, ({ sharpe }) => sharpe),
} as unknown as SweepResult;

const at = (fast: number, slow: number) =>
  neighbourhood(found, SETS.findIndex((set) => set.fast === fast && set.slow === slow));

Deno.test("neighbours differ by one step of one parameter", () => {
  assert.deepEqual(at(5, 10), { count: 4, least: 0.2, median: (0.4 + 0.5) / 2 });
  assert.deepEqual(at(0, 0), { count: 2, least: 0.2, median: (0.2 + 0.4) / 2 });
  // The one that is left out is nobody's neighbour, and no step leads over it.
  assert.deepEqual(at(10, 10), { count: 2, least: 0.7, median: (0.7 + 0.9) / 2 });
});

Deno.test("the first set is a neighbour as any other, texts have none, and who is alone has no numbers", () => {
  assert.deepEqual(at(0, 10), { count: 3, least: 0.1, median: 0.3 });
  const kinds = ["1", "2", "3"].map((kind) => ({ fast: 5, kind }));
  const texts = {
    ...{ length: 3, column: () => Float64Array.of(1, 2, 3) },
    sets: { names: ["fast", "kind"], length: 3, at: (set: number) => kinds[set] },
  } as unknown as SweepResult;
  assert.deepEqual(neighbourhood(texts, 1), { count: 0, least: NaN, median: NaN });
});
