import assert from "node:assert/strict";
import { readCandlesCsv } from "../../../engine/market/candles_csv.ts";
import { SWEEP_NUMBERS } from "../../../engine/research/sweep/numbers.ts";
import { gridSets, type ParameterSets } from "../../../engine/research/sweep/parameter_sets.ts";
import { triedSoFar } from "../../../engine/search/trials/tried_so_far.ts";
import cross from "../../../strategies/sma_cross.ts";

const CANDLES = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 300);

/** Sets that count how many of them were made. */
function watched(sets: ParameterSets): { sets: ParameterSets; made: () => number } {
  let made = 0;
  const at = (set: number) => (made++, sets.at(set));
  return { sets: { ...sets, at }, made: () => made };
}

/** What a batch of so many sets is saved as, whose Sharpe ratios are these. */
function numbersOf(ratios: readonly number[]): Float64Array {
  const width = SWEEP_NUMBERS.length, numbers = new Float64Array(ratios.length * width);
  ratios.forEach((ratio, i) => numbers[i * width + SWEEP_NUMBERS.indexOf("sharpe")] = ratio);
  return numbers;
}

Deno.test("what is through is told in the order in which it was, by spans of candles", () => {
  const grid = gridSets(cross, { fast: "2..9", slow: "20..29" });
  const further = gridSets(cross, { fast: [5], slow: [30, 40] });
  const later = CANDLES.slice(50, 300), soFar = triedSoFar();
  const first = soFar.noting(CANDLES, grid), second = soFar.noting(CANDLES, further);
  const other = soFar.noting(later, grid);
  soFar.noting(later.slice(1, 9), grid); // nothing of it is through
  // Batches end in any order; a set of each may have no ratio.
  first.save(40, numbersOf([0.4, NaN, 0.42]));
  other.save(7, numbersOf([1.7]));
  second.save(0, numbersOf([0.9, -1]));
  first.save(3, numbersOf([0.03]));
  const [{ candles, sets, ratios }, late, ...none] = soFar.trials();
  assert.deepEqual([candles, late.candles, none], [CANDLES, later, []]);
  assert.deepEqual([...ratios], [0.4, NaN, 0.42, 0.03, 0.9, -1]);
  const wanted = [grid.at(40), grid.at(41), grid.at(42), grid.at(3), further.at(0), further.at(1)];
  assert.deepEqual(wanted.map((_, set) => sets.at(set)), wanted);
  assert.deepEqual([sets.length, sets.names], [6, grid.names]);
  assert.deepEqual([late.sets.length, late.sets.at(0), [...late.ratios]], [1, grid.at(7), [1.7]]);
});

Deno.test("sets that are through are made when they are asked for, not all at once", () => {
  const { sets, made } = watched(gridSets(cross, { fast: "2..41", slow: "50..89" }));
  const soFar = triedSoFar(), saved = soFar.noting(CANDLES, sets), width = 16;
  for (let first = 0; first < sets.length; first += width) {
    saved.save(first, numbersOf(Array.from({ length: width }, (_, i) => first + i)));
  }
  const [trial] = soFar.trials();
  assert.deepEqual([trial.sets.length, made()], [1_600, 0]);
  for (const set of [0, 15, 16, 799, 1_599]) {
    assert.deepEqual(
      trial.sets.at(set),
      gridSets(cross, { fast: [2 + Math.floor(set / 40)], slow: [50 + set % 40] }).at(0),
    );
    assert.equal(trial.ratios[set], set);
  }
  assert.equal(made(), 5);
});
