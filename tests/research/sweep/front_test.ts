import assert from "node:assert/strict";
import fc from "fast-check";
import { readCandlesCsv } from "../../../engine/market/candles_csv.ts";
import { front } from "../../../engine/research/sweep/front.ts";
import type { SweepNumber, SweepNumbers } from "../../../engine/research/sweep/numbers.ts";
import { sweep } from "../../../engine/search/sweep.ts";
import cross from "../../../strategies/sma_cross.ts";

/** Every pair is looked at, as the definition says. */
function naiveFront(things: readonly (readonly number[])[]): number[] {
  const beats = (a: readonly number[], b: readonly number[]) =>
    a.every((x, i) => x >= b[i]) && a.some((x, i) => x > b[i]);
  return [...things.keys()].filter((at) =>
    !things[at].some(Number.isNaN) &&
    !things.some((other) => !other.some(Number.isNaN) && beats(other, things[at]))
  );
}

const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(NaN), fc.double());

Deno.test("the front is what a look at every pair leaves", () => {
  const made = fc.integer({ min: 1, max: 4 }).chain((numbers) =>
    fc.array(fc.array(value, { minLength: numbers, maxLength: numbers }), {
      minLength: 1,
      maxLength: 40,
    })
  );
  fc.assert(fc.property(made, (things) => {
    const columns = things[0].map((_, i) => Float64Array.from(things, (thing) => thing[i]));
    const found = front(columns), [first] = columns;
    assert.deepEqual([...found].sort((a, b) => a - b), naiveFront(things));
    assert(found.every((at, i) => i === 0 || first[found[i - 1]] >= first[at]));
  }));
});

Deno.test("a search by several numbers keeps the sets that no other beats", async () => {
  const candles = await readCandlesCsv("data/sample_candles_1h.csv.gz");
  const rank: SweepNumber[] = ["totalReturn", "maxDrawdown", "turnover"];
  const found = await sweep(cross, candles, { fast: "5..12", slow: "20..60:4" }, { rank });
  const rows = [...Array(found.length).keys()].map((set) => found.row(set) as SweepNumbers);
  const things = rows.map((
    { totalReturn, maxDrawdown, turnover },
  ) => [totalReturn, maxDrawdown, -turnover]);
  const expected = naiveFront(things).sort((a, b) => things[b][0] - things[a][0]);
  assert(expected.length > 1 && expected.length < rows.length);
  assert.equal(found.front, expected.length);
  assert.deepEqual([...found.order].slice(0, found.front), expected);
  assert.deepEqual(found.best, expected.map((set) => rows[set]));
  assert.equal(new Set(found.order).size, found.length);
  const few = await sweep(cross, candles, { fast: "5..12", slow: "20..60:4" }, { rank, keep: 1 });
  assert.deepEqual(few.best, found.best.slice(0, 1));
});

Deno.test("what no search can be ranked by is refused", async () => {
  const candles = await readCandlesCsv("data/sample_candles_1h.csv.gz");
  for (const rank of [[], ["luck"], ["sharpe", "sharpe"], "luck", 3]) {
    const options = { rank: rank as never };
    await assert.rejects(
      sweep(cross, candles, { fast: "5..6" }, options),
      /rank is .* must be one of/,
    );
  }
});
