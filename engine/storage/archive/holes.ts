import type { Candles } from "../../market/candles.ts";
import { intervalEnd, openTime, type Timeframe } from "../../market/timeframe.ts";
import type { Known } from "./merge.ts";
import { coverage, overlap, type Span, without } from "./spans.ts";

/** A stretch of whole intervals without candles. */
export interface Hole extends Span {
  /** `silent`: it is known that there are none; `unknown`: it was never asked, or not observed. */
  kind: "silent" | "unknown";
}

/** Where `span` has no candles, in the order of time, and why. */
export function holes({ candles, spans }: Known, span: Span): Hole[] {
  const known = overlap(coverage(spans), [span]), unknown = without([span], known);
  const silent = without(known, runs(candles));
  return [
    ...unknown.map((hole): Hole => ({ ...hole, kind: "unknown" })),
    ...silent.map((hole): Hole => ({ ...hole, kind: "silent" })),
  ].sort((a, b) => a.from - b.from);
}

/** The stretches of time in which every interval has a candle. */
export function runs({ time, timeframe, length }: Candles): Span[] {
  const found: Span[] = [];
  for (let i = 0; i < length; i++) {
    const from = openTime(time[i], timeframe), last = found.at(-1);
    if (last && last.to === from) last.to = time[i];
    else found.push({ from, to: time[i] });
  }
  return found;
}

/** How many whole intervals a span has. */
export function intervalsIn({ from, to }: Span, timeframe: Timeframe): number {
  if (timeframe !== "1M") return Math.floor((to - from) / (intervalEnd(0, timeframe)));
  let count = 0;
  for (let end = intervalEnd(from, timeframe); end <= to; end = intervalEnd(end, timeframe)) {
    count++;
  }
  return count;
}
