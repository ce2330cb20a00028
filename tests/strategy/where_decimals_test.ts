/** What a strategy's own condition says of decimals: what it says of them as tenths, which are whole. */
import assert from "node:assert/strict";
import { abs, max, sqrt } from "../../engine/series/mod.ts";
import type { Condition, Numeric } from "../../engine/series/expression.ts";
import { scalarHolds } from "../../engine/series/scalar_holds.ts";
import { number } from "../../engine/strategy/parameters.ts";
import { strategy, valuesFor } from "../../engine/strategy/strategy.ts";
import { gridSets } from "../../engine/research/sweep/parameter_sets.ts";

const range = { min: 0, max: 9 };

function made(where: (parts: { low: Numeric; high: Numeric }) => Condition) {
  return strategy("decimals", { low: number(0.1, range), high: number(0.2, range) }, {
    where,
    build: (_, { close, open }) => ({ enterLong: close.above(open), exitLong: close.below(open) }),
  });
}

const CASES: readonly [
  where: (parts: { low: Numeric; high: Numeric }) => Condition,
  holds: (low: number, high: number) => boolean,
][] = [
  [({ low, high }) => high.minus(low).atLeast(0.1), (low, high) => high - low >= 1],
  [({ low, high }) => high.equals(low.plus(0.1)), (low, high) => high === low + 1],
  [({ low, high }) => high.minus(low).minus(0.1).above(0), (low, high) => high - low - 1 > 0],
  [({ low, high }) => low.times(high).below(0.06), (low, high) => low * high < 6],
  [({ low, high }) => high.over(low).atMost(3), (low, high) => high <= 3 * low],
  // Of what is unknown, nothing holds.
  [({ low, high }) => low.over(high.minus(0.2)).atLeast(0).not(), (_, high) => high < 2],
  // What no decimals are made of is left to the kernels.
  [({ low, high }) => abs(low.minus(high)).atMost(0.1), (low, high) => Math.abs(low - high) <= 1],
  [({ low, high }) => max(low, high).equals(high), (low, high) => high >= low],
  [
    ({ low, high }) => sqrt(high.plus(0.1)).above(1).or(high.below(low.plus(0.1))),
    (low, high) => high > 9 || high < low + 1,
  ],
];

Deno.test("a strategy's own condition reckons with decimals as they are written", () => {
  for (const [where, holds] of CASES) {
    const condition = made(where).where!;
    for (let low = 1; low <= 12; low++) {
      for (let high = 1; high <= 36; high++) {
        const set = { low: low / 10, high: high / 10 };
        assert.equal(scalarHolds(condition, set), holds(low, high), `${where} ${low} ${high}`);
      }
    }
  }
});

Deno.test("a search and a run allow the sets of which it holds", () => {
  const apart = made(({ low, high }) => high.minus(low).atLeast(0.1));
  const sets = gridSets(apart, { low: "0.1..0.3:0.1", high: "0.1..0.4:0.1" });
  // Of three and four tenths: 0.1 with three, 0.2 with two, 0.3 with one.
  assert.equal(sets.length, 6);
  assert.deepEqual(valuesFor(apart, { low: 0.2, high: 0.3 }), { low: 0.2, high: 0.3 });
  assert.throws(() => valuesFor(apart, { low: 0.3, high: 0.3 }), /does not allow/);
});
