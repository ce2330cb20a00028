import assert from "node:assert/strict";
import { InputError } from "../../engine/market/errors.ts";
import { SWEEP_NUMBERS } from "../../engine/research/sweep/numbers.ts";
import { seededRandom } from "../../engine/research/seeded_random.ts";
import { batchesOf, type GivingOut, leftOf, setsIn } from "../../engine/search/batches.ts";

const numbersOf = (sets: number) => new Float64Array(sets * SWEEP_NUMBERS.length);

/** Sets that are their own numbers. */
const setsOf = (length: number) => ({ names: ["n"], length, at: (n: number) => ({ n }) });

const given = (length: number, saved: Map<number, Float64Array>, out: GivingOut, whole = 1) =>
  [...batchesOf(setsOf(length), leftOf(length, saved, whole), out)].map(({ batch, sets }) => {
    assert.equal(sets[0].n, batch);
    return sets.map(({ n }) => Number(n));
  });

Deno.test("what is left and what was saved are all sets, each once, whatever was saved", () => {
  const random = seededRandom(3), upTo = (most: number) => Math.floor(most * random());
  for (let trial = 0; trial < 300; trial++) {
    const length = 1 + upTo(900),
      saved = new Map<number, Float64Array>(),
      there = new Set<number>();
    for (let from = upTo(90); from < length;) {
      const count = Math.min(length - from, 1 + upTo(200));
      saved.set(from, numbersOf(count));
      for (let set = from; set < from + count; set++) there.add(set);
      from += count + upTo(2) * upTo(300);
    }
    const most = 1 + upTo(200), fewest = 1 + upTo(most), processors = 1 + upTo(5);
    const shuffled = new Map([...saved].reverse());
    const run = given(length, shuffled, { most, fewest, processors });
    assert(run.every((sets) => sets.length <= most));
    const all = [...there, ...run.flat()].sort((a, b) => a - b);
    assert.deepEqual(all, Array.from({ length }, (_, set) => set));
    assert.equal(setsIn(leftOf(length, saved)), length - there.size);
  }
});

Deno.test("batches of a fixed size stay the same ones, whatever was saved", () => {
  const out = { most: 500, fewest: 500, processors: 1 };
  const firsts = (saved: [number, number][]) =>
    given(1_700, new Map(saved.map(([from, sets]) => [from, numbersOf(sets)])), out, 500)
      .map((sets) => [sets[0], sets.length]);
  assert.deepEqual(firsts([]), [[0, 500], [500, 500], [1_000, 500], [1_500, 200]]);
  assert.deepEqual(firsts([[500, 500]]), [[0, 500], [1_000, 500], [1_500, 200]]);
  // Of a batch that is there in part all is run again.
  assert.deepEqual(firsts([[0, 500], [500, 499]]), [[500, 500], [1_000, 500], [1_500, 200]]);
  assert.deepEqual(firsts([[0, 30], [40, 1_660]]), [[0, 500]]);
});

Deno.test("batches grow smaller towards the end, and one processor has large ones throughout", () => {
  const sizes = (processors: number) =>
    given(1_000, new Map(), { most: 125, fewest: 63, processors }).map((sets) => sets.length);
  assert.deepEqual(sizes(1), Array(8).fill(125));
  assert.deepEqual(sizes(2), [...Array(7).fill(125), 63, 62]);
  assert.deepEqual(sizes(4), [125, 125, 125, 125, 125, 94, 71, 63, 63, 63, 21]);
});

Deno.test("what cannot be a part of the search is not gone on with", () => {
  for (
    const [from, numbers] of [[0, numbersOf(11)], [8, numbersOf(3)], [-1, numbersOf(1)], [
      0.5,
      numbersOf(1),
    ], [0, new Float64Array(SWEEP_NUMBERS.length + 1)]] as const
  ) assert.throws(() => leftOf(10, new Map([[from, numbers]])), InputError);
});
