import type { Candle, Candles } from "../market/candles.ts";
import { CandleFold } from "../market/candle_fold.ts";
import {
  closeTime,
  nests,
  nominalLength,
  openTime,
  type Timeframe,
  TIMEFRAMES,
} from "../market/timeframe.ts";

/** A candle as it is drawn. */
export interface Bar extends Candle {
  /** Open time of the first candle in it; `time` is the close time of the last. */
  from: number;
  /** The whole interval that it stands for, of which candles may cover a part only. */
  interval: { start: number; end: number };
  /** The rows [first, last) that are in it. */
  first: number;
  last: number;
}

/** Candles that are few enough to be drawn. */
export interface Bars {
  bars: Bar[];
  /** What one bar stands for, such as `1w` or `5 × 1M`. */
  each: string;
  /** Whether a bar is more than one candle. */
  merged: boolean;
}

/** How rows become bars; those of a bar are neighbours. */
interface Grouping {
  /** The bar of row `i`. */
  of(i: number): number;
  /** Where the interval of a bar ends and begins. */
  end(first: number, last: number): number;
  start(first: number, last: number): number;
}

/**
 * At most `most` bars that hold every candle: those of the shortest longer timeframe that will do, or
 * of a whole number of candles where no timeframe is long enough. Candles are merged as resampling
 * does it, and to `least` at least; but the first bar and the last also stand for an interval of which only a part is there.
 */
export function groupCandles(
  candles: Candles,
  most: number,
  least: Timeframe = candles.timeframe,
): Bars {
  const { time, timeframe, length } = candles, open = (i: number) => openTime(time[i], timeframe);
  if (length <= most && least === timeframe) {
    const single: Grouping = { of: (i) => i, start: open, end: (i) => time[i] };
    return { bars: merge(candles, single), each: timeframe, merged: false };
  }
  for (const longer of TIMEFRAMES.slice(TIMEFRAMES.indexOf(least))) {
    if (longer === timeframe || !nests(timeframe, longer)) continue;
    if (leastGroups(candles, longer) > most) continue;
    const end = (i: number) => closeTime(open(i), longer);
    if (countGroups(length, end) <= most) {
      const grouping = { of: end, end, start: (i: number) => openTime(end(i), longer) };
      return { bars: merge(candles, grouping), each: longer, merged: true };
    }
  }
  const count = Math.ceil(length / most), span = count * nominalLength(timeframe);
  const grouping: Grouping = {
    of: (i) => Math.floor(i / count),
    start: open,
    end: (first, last) => last - first < count ? open(first) + span : time[last - 1],
  };
  return { bars: merge(candles, grouping), each: severalOf(count, timeframe), merged: true };
}

/** What the intervals of bars cover. */
export function covered(bars: readonly Bar[]): { from: number; to: number } {
  return { from: bars[0].interval.start, to: bars[bars.length - 1].interval.end };
}

/** Where a bar is drawn: in the middle of its interval, so that all keep the same distance. */
export function middle({ interval: { start, end } }: Bar): number {
  return (start + end) / 2;
}

/** How many groups there are at least: counting them takes long, and most timeframes are too short. */
function leastGroups({ timeframe, length }: Candles, longer: Timeframe): number {
  const longest = longer === "1M" ? nominalLength("1d") * 31 : nominalLength(longer);
  return length * nominalLength(timeframe) / longest;
}

function severalOf(count: number, timeframe: Timeframe): string {
  return `${count} × ${timeframe}`;
}

function countGroups(length: number, group: (i: number) => number): number {
  let count = 0;
  for (let i = 0, last = NaN; i < length; i++) {
    const its = group(i);
    if (its !== last) count++;
    last = its;
  }
  return count;
}

function merge(candles: Candles, { of, start, end }: Grouping): Bar[] {
  const { time, open, high, low, close, volume, trades, timeframe } = candles;
  const bars: Bar[] = [], fold = new CandleFold();
  for (let i = 0; i < time.length;) {
    const first = i, group = of(i);
    fold.begin(time[i], false);
    for (; i < time.length && of(i) === group; i++) {
      fold.add(open[i], high[i], low[i], close[i], volume[i], trades[i]);
    }
    const interval = { start: start(first, i), end: end(first, i) };
    const rows = { from: openTime(time[first], timeframe), time: time[i - 1], first, last: i };
    bars.push({ ...fold.candle(), ...rows, interval });
  }
  return bars;
}
