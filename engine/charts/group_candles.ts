import type { Candle, Candles } from "../market/candles.ts";
import { CandleFold } from "../market/candle_fold.ts";
import { closeTime, nests, openTime, type Timeframe, TIMEFRAMES } from "../market/timeframe.ts";

/** A candle as it is drawn. */
export interface Bar extends Candle {
  /** Open time of the first candle in it; `time` is the close time of the last. */
  from: number;
}

/** Candles that are few enough to be drawn. */
export interface Bars {
  bars: Bar[];
  /** What one bar stands for, such as `1w` or `5 × 1M`. */
  each: string;
  /** Whether a bar is more than one candle. */
  merged: boolean;
}

/** The group of row `i`; the rows of a group are neighbours. */
type Grouping = (i: number) => number;

/**
 * At most `most` bars that hold every candle: those of the shortest longer timeframe that will do, or
 * of a whole number of candles where no timeframe is long enough. Candles are merged as resampling
 * does it; but the first bar and the last also stand for an interval of which only a part is there.
 */
export function groupCandles(candles: Candles, most: number): Bars {
  const { time, timeframe, length } = candles;
  if (length <= most) return { bars: merge(candles, (i) => i), each: timeframe, merged: false };
  for (const longer of TIMEFRAMES.slice(TIMEFRAMES.indexOf(timeframe) + 1)) {
    if (!nests(timeframe, longer)) continue;
    const grouping = (i: number) => closeTime(openTime(time[i], timeframe), longer);
    if (countGroups(length, grouping) <= most) {
      return { bars: merge(candles, grouping), each: longer, merged: true };
    }
  }
  const count = Math.ceil(length / most), grouping = (i: number) => Math.floor(i / count);
  return { bars: merge(candles, grouping), each: severalOf(count, timeframe), merged: true };
}

function severalOf(count: number, timeframe: Timeframe): string {
  return `${count} × ${timeframe}`;
}

function countGroups(length: number, grouping: Grouping): number {
  let count = 0;
  for (let i = 0, last = NaN; i < length; i++) {
    const group = grouping(i);
    if (group !== last) count++;
    last = group;
  }
  return count;
}

function merge(candles: Candles, grouping: Grouping): Bar[] {
  const { time, open, high, low, close, volume, trades, timeframe } = candles;
  const bars: Bar[] = [], fold = new CandleFold();
  for (let i = 0; i < time.length;) {
    const first = i, group = grouping(i);
    fold.begin(time[i], false);
    for (; i < time.length && grouping(i) === group; i++) {
      fold.add(open[i], high[i], low[i], close[i], volume[i], trades[i]);
    }
    bars.push({ ...fold.candle(), from: openTime(time[first], timeframe), time: time[i - 1] });
  }
  return bars;
}
