import assert from "node:assert/strict";
import fc from "fast-check";
import { type Point, thinLine } from "../../engine/charts/thin_line.ts";
import { assertProperty } from "../support/property.ts";

const values = fc.array(
  fc.oneof({ weight: 9, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) }, {
    weight: 1,
    arbitrary: fc.constant(NaN),
  }),
  { minLength: 60, maxLength: 900 },
);

/** Points by column, found one by one. */
function byColumn(points: readonly Point[], columnOf: (time: number) => number) {
  return Map.groupBy(points, ([time]) => columnOf(time));
}

function extremes(points: readonly Point[]): [number, number] {
  const known = points.map(([, value]) => value).filter((value) => !Number.isNaN(value));
  return [Math.min(...known), Math.max(...known)];
}

Deno.test("a thinned line keeps every column's first, lowest, highest and last point", () => {
  assertProperty(fc.property(values, fc.integer({ min: 1, max: 14 }), (value, columns) => {
    const time = value.map((_, i) => 1000 + 10 * i), from = 1000, to = 1000 + 10 * value.length;
    const all: Point[] = value.map((v, i) => [time[i], v]);
    const thin = thinLine(time, value, { from, to, columns });
    const column = (at: number) => Math.floor((at - from) / (to - from) * columns);
    const [before, after] = [byColumn(all, column), byColumn(thin, column)];
    assert.deepEqual([...after.keys()], [...before.keys()]);
    for (const [key, points] of before) {
      const kept = after.get(key)!;
      assert.deepEqual(extremes(kept), extremes(points));
      assert.deepEqual([kept[0], kept.at(-1)], [points[0], points.at(-1)]);
    }
  }));
});

const known = (value: number) => !Number.isNaN(value);

Deno.test("a thinned line has points of the line only, in their order, and both ends of breaks", () => {
  assertProperty(fc.property(values, fc.integer({ min: 1, max: 14 }), (value, columns) => {
    const time = value.map((_, i) => i), to = value.length;
    const thin = thinLine(time, value, { from: 0, to, columns });
    for (const [i, [at, kept]] of thin.entries()) {
      assert.ok(Object.is(kept, value[at]) && (i === 0 || at > thin[i - 1][0]));
    }
    const has = new Set(thin.map(([at]) => at));
    for (let i = 1; i < to; i++) {
      if (known(value[i]) === known(value[i - 1])) continue;
      assert.ok(has.has(i) && has.has(i - 1));
    }
  }));
});

Deno.test("a long line without breaks becomes four points a column at most", () => {
  const length = 50_000, time = Float64Array.from({ length }, (_, i) => i);
  const value = time.map((at) => Math.sin(at * at));
  assert.ok(thinLine(time, value, { from: 0, to: length, columns: 900 }).length <= 3_600);
  assert.equal(thinLine(time, value, { from: 0, to: length, columns: 12_500 }).length, length);
});
