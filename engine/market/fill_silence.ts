import { allocateColumns, type CandleColumns, Candles, KINDS } from "./candles.ts";
import { intervalEnd, openTime } from "./timeframe.ts";

const EMPTY = KINDS.indexOf("empty");

/** A stretch of time that was observed: from ≤ time < to, UTC milliseconds. */
interface Observed {
  from: number;
  to: number;
}

/**
 * A sparse source made complete: in each interval of the `observed` spans (sorted) that has no candle
 * nothing traded, so it gets an `empty` one at the close before it. Intervals outside of the spans, and
 * those before the first candle, stay away.
 */
export function fillSilence(candles: Candles, observed: readonly Observed[]): Candles {
  const silent = silentAfter(candles, observed);
  let length = candles.length;
  for (const times of silent.values()) length += times.length;
  if (length === candles.length) return candles;
  const columns = allocateColumns(length);
  for (let i = 0, at = 0; i < candles.length; i++) {
    copy(candles, i, columns, at++);
    for (const time of silent.get(i) ?? []) {
      for (const field of ["open", "high", "low", "close"] as const) {
        columns[field][at] = candles.close[i];
      }
      columns.time[at] = time;
      columns.kind[at++] = EMPTY;
    }
  }
  return new Candles(candles.timeframe, columns, candles.decimals);
}

/** By row: the close times of the silent intervals between it and the next one, or the end. */
function silentAfter(candles: Candles, observed: readonly Observed[]): Map<number, number[]> {
  const { time, timeframe, length } = candles, silent = new Map<number, number[]>();
  const last = observed.at(-1)?.to ?? -Infinity;
  let at = 0;
  for (let i = 0; i < length; i++) {
    const until = i + 1 < length ? openTime(time[i + 1], timeframe) : last, times: number[] = [];
    for (let open = time[i], end = open; open < until; open = end) {
      end = intervalEnd(open, timeframe);
      while (at < observed.length && observed[at].to < end) at++;
      if (at < observed.length && observed[at].from <= open) times.push(end);
    }
    if (times.length > 0) silent.set(i, times);
  }
  return silent;
}

function copy(from: CandleColumns, row: number, to: CandleColumns, at: number): void {
  to.time[at] = from.time[row];
  to.open[at] = from.open[row];
  to.high[at] = from.high[row];
  to.low[at] = from.low[row];
  to.close[at] = from.close[row];
  to.volume[at] = from.volume[row];
  to.trades[at] = from.trades[row];
  to.kind[at] = from.kind[row];
}
