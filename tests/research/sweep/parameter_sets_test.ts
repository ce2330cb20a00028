import assert from "node:assert/strict";
import { seededRandom } from "../../../engine/research/seeded_random.ts";
import { gridSets, listSets, randomSets } from "../../../engine/research/sweep/parameter_sets.ts";
import { rangeValues } from "../../../engine/research/sweep/parameter_values.ts";
import { choice, number, whole } from "../../../engine/strategy/parameters.ts";
import { choose, close, open } from "../../../engine/series/mod.ts";
import { strategy } from "../../../engine/strategy/strategy.ts";

const TRIED = strategy("tried", {
  fast: whole(2),
  slow: whole(5),
  level: number(0.5, { min: 0, max: 1 }),
  source: choice("close", ["close", "open"]),
}, {
  where: ({ fast, slow }) => fast.below(slow),
  build: ({ fast, slow, level, source }) => {
    const x = choose(source, { close, open });
    return { enterLong: x.above(fast.plus(level)), exitLong: x.below(slow) };
  },
});

Deno.test("a range is read as its steps, without the noise of binary fractions", () => {
  assert.deepEqual(rangeValues("5..8", "p"), [5, 6, 7, 8]);
  assert.deepEqual(rangeValues("20..32:5", "p"), [20, 25, 30]);
  assert.deepEqual(rangeValues("0.1..0.5:0.1", "p"), [0.1, 0.2, 0.3, 0.4, 0.5]);
  assert.deepEqual(rangeValues("-2..2:2", "p"), [-2, 0, 2]);
  assert.deepEqual(rangeValues("2.1..2.3:0.1", "p"), [2.1, 2.2, 2.3]);
  assert.deepEqual(rangeValues("1000.1..1000.4:0.1", "p"), [1000.1, 1000.2, 1000.3, 1000.4]);
  for (let from = 0; from < 1_000; from += 7) {
    const values = rangeValues(`${from / 10}..${(from + 9) / 10}:0.1`, "p");
    assert.deepEqual(values, Array.from({ length: 10 }, (_, i) => (from + i) / 10));
  }
  assert.deepEqual(rangeValues([3, 1, 3], "p"), [3, 1]);
  assert.deepEqual(rangeValues("1e1", "p"), [10]);
  assert.deepEqual(rangeValues(".5..2:.5", "p"), [0.5, 1, 1.5, 2]);
  assert.deepEqual(rangeValues("0x10,open", "p"), ["0x10", "open"]);
  for (
    const odd of ["1...5", "0...5", "0x10", "5..20:-1", "40..", "40-60", "40..60:abc", "5..8,9"]
  ) {
    assert.throws(
      () => gridSets(TRIED, { fast: odd }),
      new RegExp(
        `^InputError: params\\.fast is "${RegExp.escape(odd)}", which are no numbers to try`,
      ),
    );
  }
  for (const wrong of ["", "3..1", "1..5:0", [], [{}], null, true]) {
    assert.throws(() => rangeValues(wrong as never, "params.p"), /params\.p/);
  }
});

Deno.test("a grid is every combination that is allowed, the last parameter fastest", () => {
  const sets = gridSets(TRIED, { fast: "1..3", slow: "2..3", source: ["close", "open"] });
  const found = Array.from({ length: sets.length }, (_, i) => sets.at(i));
  const pairs = [[1, 2], [1, 3], [2, 3]];
  const expected = pairs.flatMap(([fast, slow]) =>
    ["close", "open"].map((source) => ({ fast, slow, level: 0.5, source }))
  );
  assert.deepEqual(found, expected);
  assert.deepEqual(sets.names, ["fast", "slow", "source"]);
  const wide = gridSets(TRIED, { fast: "1..3", slow: "2..3" }, ({ slow }) => slow === 3);
  assert.equal(wide.length, 2);
});

Deno.test("sets by chance are different ones of the grid, and all of it if there are no more", () => {
  const space = { fast: "1..20", slow: "1..20" }, all = gridSets(TRIED, space);
  const allowed = new Set(Array.from({ length: all.length }, (_, i) => JSON.stringify(all.at(i))));
  assert.equal(all.length, 190);
  for (const count of [1, 50, 180, 190, 1_000]) {
    const sets = randomSets(TRIED, space, count, seededRandom(count));
    const found = new Set(
      Array.from({ length: sets.length }, (_, i) => JSON.stringify(sets.at(i))),
    );
    assert.equal(found.size, Math.min(count, 190));
    assert(found.isSubsetOf(allowed));
  }
  assert.throws(() => randomSets(TRIED, space, 0, seededRandom(1)), /1 or more/);
});

Deno.test("a list is checked set by set", () => {
  assert.deepEqual(listSets(TRIED, [{ fast: 1 }, { slow: 9 }]).at(1), {
    ...{ fast: 2, slow: 9, level: 0.5, source: "close" },
  });
  assert.throws(() => listSets(TRIED, [{ fast: 1 }, { fast: 7 }]), /params\[1\].*does not allow/);
  assert.throws(() => listSets(TRIED, []), /at least one/);
});
