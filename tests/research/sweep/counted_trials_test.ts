import assert from "node:assert/strict";
import fc from "fast-check";
import {
  countFurther,
  earlierCount,
  independentTrials,
  ratioDeviation,
  ratioSums,
} from "../../../engine/research/sweep/counted_trials.ts";

const NONE = { count: 0, sum: 0, squares: 0 };
const sorted = (ids: Iterable<number>) =>
  Float64Array.from([...new Set(ids)].sort((a, b) => a - b));
const list = fc.array(fc.nat(60), { minLength: 1, maxLength: 40 });

Deno.test("each set counts once, however many searches tried it", () => {
  fc.assert(fc.property(list, fc.array(list, { maxLength: 6 }), (own, others) => {
    const earlier = others.map((ids) => ({ ids: sorted(ids), ratios: NONE, independent: NaN }));
    const trials = { ...countFurther(sorted(own), NONE, earlier) };
    assert.equal(trials.own, new Set(own).size);
    assert.equal(earlierCount(trials), new Set(others.flat()).difference(new Set(own)).size);
  }));
});

Deno.test("earlier sets count as they were judged, or as much alike as those of now", () => {
  const some = (from: number, to: number) =>
    sorted(Array.from({ length: to - from }, (_, i) => from + i));
  const trials = countFurther(some(0, 10), NONE, [
    { ids: some(100, 120), ratios: NONE, independent: NaN },
    { ids: some(5, 105), ratios: NONE, independent: 8 },
  ]);
  // The larger one first: 95 of its 100 are new; then 15 of the other's 20.
  assert.deepEqual(trials.further, [{ count: 95, independent: 7.6 }, {
    count: 15,
    independent: NaN,
  }]);
  assert.equal(independentTrials(trials, 2), 2 + 7.6 + 2 / 10 * 15);
  assert.equal(independentTrials(countFurther(some(0, 10), NONE, []), 2), 2);
  const believed = countFurther(some(0, 10), NONE, [
    { ids: some(20, 25), ratios: NONE, independent: 1e15 },
  ]);
  assert.equal(independentTrials(believed, 2), 2 + 5);
});

Deno.test("the deviation of all ratios is that of the ratios together", () => {
  const own = [0.3, -1, 2.5], other = [1, 1.5, NaN, -0.25], all = [...own, 1, 1.5, -0.25];
  const ratios = ratioSums(Float64Array.from(other));
  const earlier = [{ ids: sorted([4, 5, 6, 7]), ratios, independent: NaN }];
  const counted = countFurther(sorted([1, 2, 3]), ratioSums(Float64Array.from(own)), earlier);
  const mean = all.reduce((sum, ratio) => sum + ratio, 0) / 6;
  const naive = Math.sqrt(all.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / 5);
  assert(Math.abs(ratioDeviation(counted.ratios) - naive) < 1e-12);
  assert(Number.isNaN(ratioDeviation(ratioSums(Float64Array.of(1)))));
});

Deno.test("ratios that are all the same do not deviate, and infinite ones are not known", () => {
  // The sum of squares is less than the square of the sum by rounding.
  for (const same of [0.1, 1.1, 1 / 3, 1.7]) {
    for (let count = 2; count < 40; count++) {
      const found = ratioDeviation(ratioSums(new Float64Array(count).fill(same)));
      assert(found >= 0 && found < 1e-7, `${count} times ${same}: ${found}`);
    }
  }
  assert.deepEqual(ratioSums(Float64Array.of(Infinity, 2, -Infinity, NaN)), {
    ...{ count: 1, sum: 2, squares: 4 },
  });
});
