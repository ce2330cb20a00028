import {
  allocateColumns,
  type CandleColumns,
  Candles,
  priceDecimals,
} from "../../market/candles.ts";
import { openTime } from "../../market/timeframe.ts";
import { type Difference, differences } from "./difference.ts";
import {
  coverage,
  inside,
  joinSpans,
  type KnownSpan,
  overlap,
  type Span,
  without,
} from "./spans.ts";

/** Candles and the spans of time of which they are all. */
export interface Known {
  candles: Candles;
  /** Sorted; none overlaps another. */
  spans: readonly KnownSpan[];
}

export interface Merged extends Known {
  /** Where both know a time and say different things. */
  differences: Difference[];
  /** Whether that is another thing than what was stored. */
  changed: boolean;
}

/**
 * What is stored and what was found, as one. Where both know a time, what is stored stays, unless
 * `replace` has the new take its place.
 */
export function merge(stored: Known, found: Known, replace: boolean): Merged {
  const common = overlap(coverage(found.spans), stored.spans);
  const differ = differences(within(stored.candles, common), within(found.candles, common));
  const [old, added] = replace
    ? [leave(stored, found.spans), found]
    : [stored, leave(found, stored.spans)];
  return {
    candles: interleave(old.candles, added.candles),
    spans: joinSpans([...old.spans, ...added.spans]),
    differences: differ,
    changed: added.spans.length > 0,
  };
}

/** What is known outside of `spans`. */
function leave({ candles, spans }: Known, taken: readonly Span[]): Known {
  const left = without(spans, taken);
  return { candles: within(candles, left), spans: left };
}

/** The candles that open in `spans`. */
export function within(candles: Candles, spans: readonly Span[]): Candles {
  const isInside = inside(spans), rows: number[] = [];
  for (let i = 0; i < candles.length; i++) {
    if (isInside(openTime(candles.time[i], candles.timeframe))) rows.push(i);
  }
  if (rows.length === candles.length) return candles;
  const columns = allocateColumns(rows.length);
  rows.forEach((row, i) => copyRow(candles, row, columns, i));
  return new Candles(candles.timeframe, columns, candles.decimals);
}

/** All candles of both in the order of time; they have no time in common. */
export function interleave(a: Candles, b: Candles): Candles {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  const columns = allocateColumns(a.length + b.length);
  for (let i = 0, k = 0, at = 0; at < columns.time.length; at++) {
    if (k === b.length || a.time[i] < b.time[k]) copyRow(a, i++, columns, at);
    else copyRow(b, k++, columns, at);
  }
  return new Candles(a.timeframe, columns, priceDecimals(columns));
}

const NAMES = ["time", "open", "high", "low", "close", "volume", "trades", "kind"] as const;

function copyRow(from: CandleColumns, row: number, to: CandleColumns, at: number): void {
  for (const name of NAMES) to[name][at] = from[name][row];
}
