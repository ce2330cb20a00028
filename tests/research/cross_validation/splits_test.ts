import assert from "node:assert/strict";
import { heldSpans } from "../../../engine/research/cross_validation/held_spans.ts";
import { pathsOf, splitsOf } from "../../../engine/research/cross_validation/splits.ts";
import { trainingMask } from "../../../engine/research/cross_validation/training_mask.ts";
import { seededRandom } from "../../../engine/research/seeded_random.ts";

Deno.test("splits and paths of the book's example: six groups, two tested", () => {
  const splits = splitsOf(6, 2);
  assert.equal(splits.length, 15);
  // Figure 12.1 and 12.2 of the book: for each group, the splits that test it; the first is path 1's.
  const figure = [
    [1, 2, 3, 4, 5],
    [1, 6, 7, 8, 9],
    [2, 6, 10, 11, 12],
    [3, 7, 10, 13, 14],
    [4, 8, 11, 13, 15],
    [5, 9, 12, 14, 15],
  ];
  const paths = pathsOf(splits, 6);
  assert.equal(paths.length, 5);
  paths.forEach((path, j) =>
    assert.deepEqual(path.map((split) => split + 1), figure.map((own) => own[j]))
  );
});

Deno.test("there are as many paths as the book's formula says, and each uses each test once", () => {
  const factorial = (n: number): number => n < 2 ? 1 : n * factorial(n - 1);
  for (const [groups, tested] of [[2, 1], [5, 1], [6, 3], [8, 2], [10, 4], [9, 8]]) {
    const splits = splitsOf(groups, tested), paths = pathsOf(splits, groups);
    const choices = factorial(groups) / factorial(tested) / factorial(groups - tested);
    assert.equal(splits.length, choices);
    // φ(N, k) = k / N × C(N, N − k), which is the product of N − i over (k − 1)!, i from 1 to k − 1.
    let product = 1;
    for (let i = 1; i < tested; i++) product *= groups - i;
    assert.equal(paths.length, product / factorial(tested - 1));
    const used = new Set(paths.flatMap((path) => path.map((split, group) => `${split} ${group}`)));
    assert.equal(used.size, choices * tested);
    paths.forEach((path) => path.forEach((split, group) => assert(splits[split].includes(group))));
  }
  for (const [groups, tested] of [[4, 4], [4, 0], [1.5, 1]]) {
    assert.throws(() => splitsOf(groups, tested), /Cannot test/);
  }
  assert.throws(() => splitsOf(30, 15), /155117520 ways; 20000 are the most/);
});

/** The book's snippets 7.1 and 7.2, on spans of periods, word for word: what is left to train on. */
function trainTimes(spans: [number, number][], tests: [number, number][]): number[] {
  let train = spans.map((span, i) => ({ i, span }));
  for (const [begin, end] of tests) {
    const startsWithin = ([from]: [number, number]) => begin <= from && from <= end;
    const endsWithin = ([, to]: [number, number]) => begin <= to && to <= end;
    const envelops = ([from, to]: [number, number]) => from <= begin && end <= to;
    train = train.filter(({ span }) => !startsWithin(span) && !endsWithin(span) && !envelops(span));
  }
  return train.map(({ i }) => i);
}

Deno.test("what is purged and embargoed is what the book's snippets leave out", () => {
  const random = seededRandom(4), whole = (most: number) => Math.floor(random() * most);
  let purged = 0;
  for (let round = 0; round < 300; round++) {
    const periods = 20 + whole(20),
      groups = 3 + whole(4),
      bounds = Array.from(
        { length: groups + 1 },
        (_, i) => Math.floor(i * periods / groups),
      );
    const ends = Float64Array.from({ length: periods }, (_, i) => 10 * (i + 1));
    const holdings: { entryTime: number; exitTime: number }[] = [];
    for (let time = whole(40); time < 10 * periods;) {
      const exitTime = time + 1 + whole(60);
      holdings.push({ entryTime: time, exitTime });
      time = exitTime + whole(50);
    }
    const spans = heldSpans(holdings, ends);
    // Periods that a trade touches: [10 i, 10 i + 10], both ends.
    const naive = Array.from({ length: periods }, (_, i): [number, number] => {
      const touched = holdings.filter((one) =>
        one.entryTime <= 10 * i + 10 && one.exitTime >= 10 * i
      );
      const of = (from: number, to: number) =>
        Array.from({ length: periods }, (_, p) => p).filter((p) =>
          from <= 10 * p + 10 && to >= 10 * p
        );
      const all = touched.flatMap(({ entryTime, exitTime }) => of(entryTime, exitTime));
      return [Math.min(i, ...all), Math.max(i, ...all)];
    });
    assert.deepEqual([...spans.first], naive.map(([from]) => from));
    assert.deepEqual([...spans.last], naive.map(([, to]) => to));
    const splits = splitsOf(groups, 1 + whole(groups - 1)), split = splits[whole(splits.length)];
    const embargo = whole(3);
    const tests = split.map((group): [number, number] => [bounds[group], bounds[group + 1] - 1]);
    const left = trainTimes(naive, tests).filter((period) =>
      tests.every(([, end]) => period <= end || period > end + embargo)
    );
    const mask = trainingMask({ bounds, split, embargo }, spans);
    assert.deepEqual([...mask.keys()].filter((period) => mask[period] === 1), left);
    purged += periods - left.length;
  }
  assert(purged > 1_000);
});
