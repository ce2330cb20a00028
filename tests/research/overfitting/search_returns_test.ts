import assert from "node:assert/strict";
import { readCandlesCsv } from "../../../engine/market/candles_csv.ts";
import {
  bestBySharpe,
  searchReturns,
} from "../../../engine/research/overfitting/search_returns.ts";
import type { SweepResult } from "../../../engine/research/sweep/sweep_result.ts";
import { sweep } from "../../../engine/search/sweep.ts";
import cross from "../../../strategies/sma_cross.ts";

const candles = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 24 * 10);
const { spec } = await sweep(cross, candles, { fast: [2], slow: [5] });

/** A search of so many sets, of which one is the best; and the sets that it was asked for. */
function searched(length: number, best: number) {
  const asked: number[] = [];
  const at = (set: number) => {
    asked.push(set);
    return { fast: 2 + set % 7, slow: 10 + set % 11 };
  };
  const column = () => Float64Array.from({ length }, (_, set) => set === best ? 2 : 1);
  const found = { spec, candles, length, column, sets: { names: ["fast", "slow"], length, at } };
  return { found: found as unknown as SweepResult, asked };
}

Deno.test("the best set is compared with all others, or with 1,000 in all that are spread evenly", () => {
  for (
    const [length, best] of [
      [40, 0],
      [40, 17],
      [40, 39],
      [1_000, 500],
      [2_500, 0],
      [2_500, 2_499],
      [1_700, 3],
    ]
  ) {
    const { found, asked } = searched(length, best);
    const { columns, periods } = searchReturns(found), compared = Math.min(length, 1_000);
    assert.deepEqual([columns.length, asked.length, periods], [compared, compared, 10]);
    assert.equal(asked[0], best);
    const sorted = [...asked].sort((a, b) => a - b);
    assert.equal(new Set(asked).size, compared);
    assert(
      sorted[0] >= 0 && sorted[0] < 3 && sorted.at(-1)! < length && sorted.at(-1)! >= length - 4,
    );
    const widest = Math.max(...sorted.slice(1).map((set, i) => set - sorted[i]));
    assert(widest < 2 * Math.ceil(length / compared) + 1, `${widest} apart`);
  }
});

Deno.test("what is compared does not go in step with a parameter that changes from set to set", () => {
  for (const values of [2, 4, 5]) {
    const { found, asked } = searched(1_000 * values, 7);
    searchReturns(found);
    const same = asked.filter((set) => set % values === 0).length;
    assert(Math.abs(same - 1_000 / values) < 60, `${same} of 1,000 have the first of ${values}`);
  }
});

Deno.test("the best is the first of equals, and a known one before an unknown", () => {
  const best = (...ratios: number[]) =>
    bestBySharpe({ column: () => Float64Array.from(ratios) } as unknown as SweepResult);
  assert.equal(best(1, 3, 3, 2), 1);
  assert.equal(best(NaN, -2, NaN, -1), 3);
  assert.equal(best(NaN, -2, NaN), 1);
  assert.equal(best(-1, NaN, -2), 0);
  assert.equal(best(NaN, NaN), 0);
});
