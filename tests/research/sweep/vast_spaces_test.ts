import assert from "node:assert/strict";
import { InputError } from "../../../engine/market/errors.ts";
import { seededRandom } from "../../../engine/research/seeded_random.ts";
import {
  gridSets,
  type ParameterSets,
  randomSets,
} from "../../../engine/research/sweep/parameter_sets.ts";
import { sobolSets } from "../../../engine/research/sweep/sobol_sets.ts";
import { close } from "../../../engine/series/mod.ts";
import { whole } from "../../../engine/strategy/parameters.ts";
import { strategy } from "../../../engine/strategy/strategy.ts";

const NAMES = ["a", "b", "c", "d"] as const, RANGE = { min: 1, max: 1_000_000 };

const wide = strategy("wide", {
  a: whole(1, RANGE),
  b: whole(2, RANGE),
  c: whole(3, RANGE),
  d: whole(4, RANGE),
}, {
  where: ({ a, b }) => a.below(b),
  build: ({ a, b, c, d }) => ({
    enterLong: close.above(a.plus(b)),
    exitLong: close.below(c.plus(d)),
  }),
});

type Four = readonly [number, number, number, number];

const all = (sets: ParameterSets) =>
  Array.from(
    { length: sets.length },
    (_, i) => NAMES.map((name) => Number(sets.at(i)[name])) as unknown as Four,
  );

const METHODS = [randomSets, sobolSets];

/** A million, 10¹² and 1.6 × 10¹⁷ combinations, four billion, which can just be numbered, and just not. */
const SPACES: readonly Readonly<Record<string, string>>[] = [
  { a: "1..1000", b: "1..1000" },
  { a: "1..1000", b: "1..1000", c: "1..1000", d: "1..1000" },
  { a: "1..20000", b: "1..20000", c: "1..20000", d: "1..20000" },
  { a: "1..65537", b: "1..65535" },
  { a: "1..65536", b: "1..65536" },
];

Deno.test("of any space, however large, different sets that are allowed are drawn, the same by the same seed", () => {
  for (const make of METHODS) {
    for (const space of SPACES) {
      const drawn = (seed: number) =>
        all(
          make(wide, space, 500, seededRandom(seed), ({ d }) =>
            Number(d) % 2 === 0 || !("d" in space)),
        );
      const found = drawn(1);
      assert.equal(found.length, 500);
      assert.equal(new Set(found.map(String)).size, 500);
      const most = Number(space.a.split("..")[1]);
      for (const [a, b, c, d] of found) {
        assert(a < b && a >= 1 && b <= 1_000_000 && Number.isInteger(a + b + c + d));
        assert("d" in space ? d % 2 === 0 && c <= most : c === 3 && d === 4);
      }
      // Of two that are drawn evenly the smaller is a third of the way on the mean, the greater two thirds.
      const mean = (of: (set: Four) => number) =>
        found.reduce((sum, set) => sum + of(set), 0) / 500 / most;
      assert(Math.abs(mean(([a]) => a) - 1 / 3) < 0.04, `${mean(([a]) => a)}`);
      assert(Math.abs(mean(([, b]) => b) - 2 / 3) < 0.04, `${mean(([, b]) => b)}`);
      assert.deepEqual(drawn(1), found);
      assert.notDeepEqual(drawn(2), found);
      const order = [...found].sort((x, y) =>
        x.map((one, i) => one - y[i]).find((by) => by !== 0) ?? 0
      );
      assert.deepEqual(found, order);
    }
  }
});

Deno.test("where too few of a vast space are allowed it is said whose condition that is", () => {
  const refused = (
    make: typeof randomSets,
    space: Readonly<Record<string, string>>,
    allows: undefined | (() => boolean),
    said: string,
  ) =>
    assert.throws(() => make(wide, space, 3, seededRandom(1), allows), (error) => {
      assert(error instanceof InputError);
      assert.equal(error.message, said);
      return true;
    });
  // Can be numbered, but would take minutes to look through.
  refused(
    randomSets,
    { a: "1000..9999", b: "1..1000" },
    undefined,
    'Found only 0 of 3 sets by looking at 300,000 of 9,000,000 combinations: the "where" of wide ' +
      "allows too few of them. Try ranges of which more go together, or fewer sets",
  );
  refused(
    sobolSets,
    SPACES[2],
    () => false,
    "Found only 0 of 3 sets by looking at 300,000 of 160,000,000,000,000,000 combinations: " +
      'the "where" of wide and the condition that you gave (--where) allow too few of them. Try ranges ' +
      "of which more go together, or fewer sets",
  );
});

Deno.test("a space that can be looked at is, where chance does not meet what is allowed", () => {
  // Of 40 × 100 × 9 the nine in which a is below b.
  const space = { a: "100..139", b: "1..100", c: "1..3", d: "1..3" },
    last = { ...space, b: "2..101" };
  for (const make of METHODS) {
    const found = all(make(wide, last, 12, seededRandom(1)));
    assert.deepEqual(found, all(gridSets(wide, last)));
    assert.equal(found.length, 9);
    const some = all(make(wide, last, 4, seededRandom(1)));
    assert.equal(new Set(some.map(String)).size, 4);
    assert(some.every((set) => found.map(String).includes(String(set))));
    assert.throws(() => make(wide, space, 4, seededRandom(1)), /allows none of these combinations/);
  }
});

Deno.test("more sets than there are takes no longer than all of them, and too many to draw are refused", () => {
  const small = { a: "1..20", b: "1..20" };
  for (const make of METHODS) {
    assert.equal(make(wide, small, 2 ** 31, seededRandom(1)).length, 190);
    for (const space of [SPACES[1], SPACES[3]]) {
      assert.throws(
        () => make(wide, space, 2 ** 24 + 1, seededRandom(1)),
        /at most 16,777,216 sets/,
      );
    }
  }
});

Deno.test("a grid has as many sets as are allowed, however many that are", () => {
  const expected: Four[] = [];
  for (let a = 1; a <= 90; a++) for (let b = a + 1; b <= 90; b++) expected.push([a, b, 3, 4]);
  assert.deepEqual(all(gridSets(wide, { a: "1..90", b: "1..90" })), expected);
});
