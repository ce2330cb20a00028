import assert from "node:assert/strict";
import { seededRandom } from "../../../engine/research/seeded_random.ts";
import {
  gridSets,
  type ParameterSets,
  randomSets,
} from "../../../engine/research/sweep/parameter_sets.ts";
import { openRange, rangeValues } from "../../../engine/research/sweep/parameter_values.ts";
import { sobolSets } from "../../../engine/research/sweep/sobol_sets.ts";
import { close } from "../../../engine/series/mod.ts";
import { number, whole } from "../../../engine/strategy/parameters.ts";
import { strategy } from "../../../engine/strategy/strategy.ts";

const TRIED = strategy("tried", {
  fast: whole(2),
  slow: whole(5),
  level: number(0.5, { min: 0, max: 5 }),
}, {
  where: ({ fast, slow }) => fast.below(slow),
  build: ({ fast, slow, level }) => ({
    enterLong: close.above(fast.plus(level)),
    exitLong: close.below(slow),
  }),
});

const all = (sets: ParameterSets) => Array.from({ length: sets.length }, (_, i) => sets.at(i));
const METHODS = [randomSets, sobolSets];

Deno.test("a range without a step has all values between, of a parameter that is no whole number", () => {
  for (const make of METHODS) {
    const sets = all(make(TRIED, { level: "0.5..3", fast: "1..3" }, 400, seededRandom(1)));
    const levels = sets.map(({ level }) => Number(level));
    assert.equal(sets.length, 400);
    assert(levels.every((level) => level >= 0.5 && level <= 3 && String(level).length <= 8));
    assert(new Set(levels).size > 395);
    assert(levels.some((level) => level < 0.52) && levels.some((level) => level > 2.98));
    assert(sets.every(({ fast }) => [1, 2, 3].includes(Number(fast))));
  }
  assert.deepEqual(all(gridSets(TRIED, { level: "0.5..3" })).map(({ level }) => level), [
    0.5,
    1.5,
    2.5,
  ]);
  const wide = all(sobolSets(TRIED, { level: "0.5..3:0.5" }, 400, seededRandom(1)));
  assert.deepEqual(wide.map(({ level }) => level), rangeValues("0.5..3:0.5", "level"));
});

Deno.test("sets by Sobol's sequence are different ones that are allowed, in the grid's order, evenly spread", () => {
  const space = { fast: "1..64", slow: "65..128", level: "0..4" };
  const sets = all(sobolSets(TRIED, space, 64, seededRandom(7)));
  for (const [name, from] of [["fast", 1], ["slow", 65]] as const) {
    const found = sets.map((set) => Number(set[name]) - from).sort((a, b) => a - b);
    assert.deepEqual(found, Array.from({ length: 64 }, (_, i) => i));
  }
  assert.deepEqual(sets.map(({ fast }) => fast), sets.map((_, i) => i + 1));
  const narrow = { fast: "1..20", slow: "1..20" }, grid = all(gridSets(TRIED, narrow));
  const some = all(sobolSets(TRIED, narrow, 100, seededRandom(2))),
    keys = new Set(grid.map(String));
  assert.equal(new Set(some.map((set) => JSON.stringify(set))).size, 100);
  assert(some.every((set) => keys.has(String(set)) && Number(set.fast) < Number(set.slow)));
  assert.deepEqual(all(sobolSets(TRIED, narrow, 400, seededRandom(2))), grid);
});

Deno.test("a range that goes nowhere, or beyond what may be, is refused", () => {
  assert.deepEqual(openRange("0.5..3", "p"), [0.5, 3]);
  assert.equal(openRange("1..3:0.5", "p"), undefined);
  for (const make of METHODS) {
    const refused = (level: string, said: RegExp) =>
      assert.throws(() => make(TRIED, { level }, 5, seededRandom(1)), said);
    refused("3..3", /goes nowhere/);
    refused("0.5..9", /params\.level is 9/);
    assert.throws(() => make(TRIED, { level: "0..1" }, 0, seededRandom(1)), /1 or more, not 0/);
    assert.throws(
      () => make(TRIED, { fast: "9..10", slow: "1..8" }, 5, seededRandom(1)),
      /allows none/,
    );
  }
});
