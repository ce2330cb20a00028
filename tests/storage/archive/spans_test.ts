import assert from "node:assert/strict";
import fc from "fast-check";
import {
  coverage,
  inside,
  joinSpans,
  overlap,
  type Span,
  without,
} from "../../../engine/storage/archive/spans.ts";
import { assertProperty } from "../../support/property.ts";

/** Sorted spans that do not overlap, some of them touching. */
const spans = fc.uniqueArray(fc.nat(30), { maxLength: 12 }).map((cuts) => {
  const sorted = cuts.sort((a, b) => a - b), found: Span[] = [];
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i] % 3 > 0) found.push({ from: sorted[i - 1], to: sorted[i] });
  }
  return found;
});

const TIMES = Array.from({ length: 31 }, (_, time) => time);

const has = (all: readonly Span[], time: number) =>
  all.some(({ from, to }) => from <= time && time < to);

const within = (all: readonly Span[]) => TIMES.filter((time) => has(all, time));

Deno.test("spans without others, and inside of them, are those of their single moments", () => {
  assertProperty(
    fc.property(spans, spans, (a, b) => {
      assert.deepEqual(
        within(without(a, b)),
        TIMES.filter((time) => has(a, time) && !has(b, time)),
      );
      assert.deepEqual(within(overlap(a, b)), TIMES.filter((time) => has(a, time) && has(b, time)));
      for (const { from, to } of [...without(a, b), ...overlap(a, b)]) assert.ok(from < to);
    }),
    1_000,
  );
});

Deno.test("coverage is one span wherever several touch or overlap", () => {
  assertProperty(
    fc.property(spans, spans, (a, b) => {
      const covered = coverage([...a, ...b]);
      assert.deepEqual(within(covered), TIMES.filter((time) => has(a, time) || has(b, time)));
      for (let i = 1; i < covered.length; i++) assert.ok(covered[i - 1].to < covered[i].from);
    }),
    1_000,
  );
});

Deno.test("a moment is inside of spans if one of them has it", () => {
  assertProperty(
    fc.property(spans, (a) => {
      const isInside = inside(a);
      for (const time of TIMES) assert.equal(isInside(time), has(a, time));
    }),
    300,
  );
});

Deno.test("spans that touch are joined if they have one source", () => {
  const span = (from: number, to: number, source: string) => ({ from, to, source });
  assert.deepEqual(
    joinSpans([
      span(4, 6, "b"),
      span(0, 2, "a"),
      span(2, 4, "a"),
      span(8, 9, "b"),
      span(6, 7, "b"),
    ]),
    [span(0, 4, "a"), span(4, 7, "b"), span(8, 9, "b")],
  );
});
