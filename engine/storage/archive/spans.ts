/** A stretch of time: from ≤ time < to, UTC milliseconds. */
export interface Span {
  from: number;
  to: number;
}

/**
 * A stretch of time of which every candle is known: an interval in it without a candle was silent.
 * What lies in no such span was never asked for.
 */
export interface KnownSpan extends Span {
  /** Where its candles come from, for people: `fetched`, or `imported from FILE`. */
  source: string;
}

/**
 * What of `spans` lies outside of `taken`. Both are sorted and overlap nothing of their own.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(without([{ from: 0, to: 9 }], [{ from: 2, to: 4 }, { from: 8, to: 12 }]), [
 *   { from: 0, to: 2 },
 *   { from: 4, to: 8 },
 * ]);
 * ```
 */
export function without<S extends Span>(spans: readonly S[], taken: readonly Span[]): S[] {
  const left: S[] = [];
  let next = 0;
  for (const span of spans) {
    let from = span.from;
    while (next < taken.length && taken[next].to <= from) next++;
    for (let i = next; i < taken.length && taken[i].from < span.to; i++) {
      if (taken[i].from > from) left.push({ ...span, from, to: taken[i].from });
      from = Math.max(from, taken[i].to);
    }
    if (from < span.to) left.push({ ...span, from });
  }
  return left;
}

/** What of `spans` lies inside of `others`. Both are sorted and overlap nothing of their own. */
export function overlap<S extends Span>(spans: readonly S[], others: readonly Span[]): S[] {
  return without(spans, without(spans, others));
}

/** Spans in order, those that touch and have one source made one. They must not overlap. */
export function joinSpans(spans: readonly KnownSpan[]): KnownSpan[] {
  const joined: KnownSpan[] = [];
  for (const { from, to, source } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && last.to === from && last.source === source) last.to = to;
    else joined.push({ from, to, source });
  }
  return joined;
}

/** Spans in order, those that touch or overlap made one, wherever they come from. */
export function coverage(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && last.to >= from) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** Whether a time lies in one of the sorted `spans`; to be asked in the order of time. */
export function inside(spans: readonly Span[]): (time: number) => boolean {
  let at = 0;
  return (time) => {
    while (at < spans.length && spans[at].to <= time) at++;
    return at < spans.length && spans[at].from <= time;
  };
}
