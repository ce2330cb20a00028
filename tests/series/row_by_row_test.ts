import assert from "node:assert/strict";
import { CATALOGUE } from "../../engine/series/catalogue.ts";
import {
  close,
  Condition,
  type Expression,
  high,
  low,
  open,
  volume,
} from "../../engine/series/expression.ts";
import { change } from "../../engine/series/operators/rows/change.ts";
import { choose } from "../../engine/series/operators/conditions/choose.ts";
import { crossesAbove, crossesBelow } from "../../engine/series/operators/events/crosses.ts";
import { lag } from "../../engine/series/operators/rows/lag.ts";
import { where } from "../../engine/series/operators/conditions/where.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { param } from "../../engine/series/expression.ts";
import { assertNoNegativeZero, assertSameBits } from "../laws/same_bits.ts";
import { columnsOf, evaluate, evaluateAll } from "./evaluate.ts";

const U = NaN;

/** The values of an expression over two columns, `a` as close and `b` as open. */
const over = (expression: Expression, a: number[], b: number[], c: number[] = []) => [
  ...evaluate(expression, columnsOf({ close: a, open: b, volume: c })),
];

Deno.test("Arithmetic; a division by 0 is unknown", () => {
  const a = [6, -6, 0, 0, U, 1e308, 5], b = [3, 0, 2, 0, 1, 1e-10, U];
  assert.deepEqual(over(close.plus(open), a, b), [9, -6, 2, 0, U, 1e308, U]);
  assert.deepEqual(over(close.minus(open), a, b), [3, -6, -2, 0, U, 1e308, U]);
  assert.deepEqual(over(close.times(open), a, b), [18, 0, 0, 0, U, 1e308 * 1e-10, U]);
  assert.deepEqual(over(close.over(open), a, b), [2, U, 0, U, U, Infinity, U]);
});

Deno.test("Comparisons; with an unknown side they are unknown", () => {
  const a = [1, 2, 3, U, 2, U, Infinity], b = [2, 2, 2, 2, U, U, Infinity];
  assert.deepEqual(over(close.above(open), a, b), [0, 0, 1, U, U, U, 0]);
  assert.deepEqual(over(close.below(open), a, b), [1, 0, 0, U, U, U, 0]);
  assert.deepEqual(over(close.atLeast(open), a, b), [0, 1, 1, U, U, U, 1]);
  assert.deepEqual(over(close.atMost(open), a, b), [1, 1, 0, U, U, U, 1]);
  assert.deepEqual(over(close.equals(open), a, b), [0, 1, 0, U, U, U, 1]);
});

Deno.test("Logic has three values: what an unknown cannot change is known", () => {
  const a = [0, 0, 0, 1, 1, 1, U, U, U], b = [0, 1, U, 0, 1, U, 0, 1, U];
  const [left, right] = [close, open].map((x) => x.equals(1));
  assert.deepEqual(over(left.and(right), a, b), [0, 0, 0, 0, 1, U, 0, U, U]);
  assert.deepEqual(over(left.or(right), a, b), [0, 1, U, 1, 1, 1, U, 1, U]);
  assert.deepEqual(over(left.not(), a, b), [1, 1, 1, 0, 0, 0, U, U, U]);
});

Deno.test("where takes one side or the other, and neither where its condition is unknown", () => {
  const chosen = where(volume.equals(1), close, open);
  assert.deepEqual(over(chosen, [1, 2, 3, U, 5], [6, 7, 8, 9, U], [1, 0, U, 0, 0]), [
    1,
    7,
    U,
    9,
    U,
  ]);
  assert.deepEqual(over(where(volume.above(0), 5, close), [1, 2], [], [1, 0]), [5, 2]);
});

Deno.test("lag and change look back so many rows", () => {
  const a = [1, 4, U, 16, 25, 36];
  assert.deepEqual(over(lag(close), a, []), [U, 1, 4, U, 16, 25]);
  assert.deepEqual(over(lag(close, 4), a, []), [U, U, U, U, 1, 4]);
  assert.deepEqual(over(lag(close, 60_000), a, []), [U, U, U, U, U, U]);
  assert.deepEqual(over(change(close), a, []), [U, 3, U, U, 9, 11]);
  assert.deepEqual(over(change(close, 3), a, []), [U, U, U, 15, 21, U]);
});

Deno.test("crosses: a tie or an unknown in between does not hide one, nor does it make one", () => {
  //         below  tie  above  tie  above  below  ?  above  tie  below  tie  below
  const a = [1, 2, 3, 2, 3, 1, U, 3, 2, 1, 2, 1], b = Array<number>(12).fill(2);
  const up = [0, 0, 1, 0, 0, 0, U, 1, 0, 0, 0, 0], down = [0, 0, 0, 0, 0, 1, U, 0, 0, 1, 0, 0];
  assert.deepEqual(over(crossesAbove(close, open), a, b), up);
  assert.deepEqual(over(crossesBelow(close, open), a, b), down);
  assert.deepEqual(over(crossesAbove(open, close), a, b), down);
  assert.deepEqual(over(crossesAbove(close, 2), a, b), up);
  assert.deepEqual(over(crossesBelow(2, close), a, b), up);
});

Deno.test("crosses: the first side is known, not crossed to", () => {
  assert.deepEqual(over(crossesAbove(close, open), [3, 1, 3], [2, 2, 2]), [0, 0, 1]);
  assert.deepEqual(over(crossesAbove(close, open), [U, 2, 3, 1, 3], [2, 2, 2, 2, 2]), [
    U,
    0,
    0,
    0,
    1,
  ]);
});

Deno.test("choose takes the series that the parameter names", () => {
  const source = choose(param("source"), { close, open, middle: close.plus(open).over(2) });
  const candles = columnsOf({ close: [4, 6], open: [2, 2] });
  const run = (name: string) => [...evaluate(source, candles, { source: name })];
  assert.deepEqual([run("close"), run("open"), run("middle")], [[4, 6], [2, 2], [3, 4]]);
});

Deno.test("Scalars are what the same operators make of numbers", () => {
  const fast = param("fast"), slow = param("slow");
  const scalar = fast.plus(slow).times(2).minus(1).over(3), candles = madeCandles({ rows: 5 });
  const found = evaluateAll(
    {
      scalar,
      column: close.times(0).plus(fast).plus(slow).times(2).minus(1).over(3),
      truth: fast.below(slow).and(slow.below(fast).not()) as Condition,
      nought: fast.over(fast.minus(fast)),
    },
    candles,
    { fast: 4, slow: 9 },
  );
  assert.deepEqual([...found.scalar], Array(5).fill(25 / 3));
  assertSameBits(found.column, found.scalar, "column");
  assert.deepEqual([...found.truth], Array(5).fill(1));
  assert(found.nought.every(Number.isNaN));
});

Deno.test("No operator makes -0 of numbers without one, nor of a constant or parameter -0", () => {
  const candles = columnsOf({
    close: [-1, 0, 1, 0, -1e-200, -5, 5, 0, 0],
    open: [0, -1, 1e-200, 0, -1e-200, -5, -5, Infinity, -Infinity],
    high: [1, 1, 1, 1, 1, 1, 1, 1, 1],
    low: [0, 0, 0, 0, 0, 0, 0, 0, 0],
  });
  const nought = param("nought"),
    found = evaluateAll(
      {
        product: close.times(open),
        quotient: close.over(open),
        ofNought: low.times(-1),
        constant: low.plus(-0).minus(0),
        constants: where(high.equals(1), -0, 0),
        parameter: where(high.equals(1), nought, high),
        scalar: where(high.equals(1), nought.times(-1), high),
        negated: low.minus(low).times(close),
        opposite: nought,
      },
      candles,
      { nought: -0 },
    );
  for (const [name, column] of Object.entries(found)) assertNoNegativeZero(column, name);
});

Deno.test("Each operator of the catalogue is called in the tests of this folder, or compared", () => {
  const folder = new URL("./", import.meta.url);
  const files = [...Deno.readDirSync(folder)].map(({ name }) => name);
  const texts = [...files, "../reference/operator_sources.ts"].map((name) =>
    Deno.readTextFileSync(new URL(name, folder))
  ).join("\n");
  const methods: Record<string, string> = {
    add: ".plus(",
    subtract: ".minus(",
    multiply: ".times(",
    divide: ".over(",
    greater: ".above(",
    less: ".below(",
    greaterOrEqual: ".atLeast(",
    lessOrEqual: ".atMost(",
    equal: ".equals(",
    and: ".and(",
    or: ".or(",
    not: ".not(",
    technicalindicators: "indicator(",
  };
  for (const { name } of CATALOGUE) {
    assert(texts.includes(methods[name] ?? `${name}(`), `${name} is not tested`);
  }
});
