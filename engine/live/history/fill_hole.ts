import type { Unseen } from "../../market/candle_builder.ts";
import type { Candle } from "../../market/candles.ts";
import { intervalEnd, openTime, type Timeframe } from "../../market/timeframe.ts";
import type { History } from "../../ports/history.ts";
import type { MarketKey } from "../../ports/store.ts";

/** A hole that can be filled, perhaps. */
export interface HoleToFill {
  key: MarketKey;
  hole: Unseen;
  /** The price when the hole began; NaN if it is not known. */
  previousClose: number;
}

/** What could be had of a hole. */
export interface Filling {
  /** Oldest first; intervals of which the exchange has no candle are empty ones. */
  candles: Candle[];
  missing: Unseen[];
}

/** Fills a hole with the exchange's own candles, as far as it has them. Throws what `history` throws. */
export async function fillHole(
  history: History,
  { key, hole, previousClose }: HoleToFill,
  signal: AbortSignal,
): Promise<Filling> {
  const { timeframe } = key, candles: Candle[] = [];
  let through = hole.from, close = previousClose, end = hole.from;
  const silence = (to: number) => {
    if (Number.isNaN(close)) return;
    for (const candle of silentCandles(end, to, close, timeframe)) candles.push(candle);
  };
  for await (const page of history.candles(key, hole.from, hole.to, signal)) {
    for (const candle of page.candles) {
      silence(openTime(candle.time, timeframe));
      candles.push(candle);
      close = candle.close;
      end = candle.time;
    }
    through = Math.min(page.through, hole.to);
  }
  silence(through);
  return { candles, missing: missingOf(hole, candles, timeframe) };
}

function* silentCandles(
  from: number,
  to: number,
  price: number,
  timeframe: Timeframe,
): Generator<Candle> {
  const [open, high, low, close] = [price, price, price, price];
  for (let time = intervalEnd(from, timeframe); time <= to; time = intervalEnd(time, timeframe)) {
    yield { time, open, high, low, close, volume: 0, trades: 0, kind: "empty" };
  }
}

function missingOf(hole: Unseen, candles: readonly Candle[], timeframe: Timeframe): Unseen[] {
  if (candles.length === 0) return [hole];
  const start = openTime(candles[0].time, timeframe), end = candles[candles.length - 1].time;
  const ends = [{ from: hole.from, to: start }, { from: end, to: hole.to }];
  return ends.filter(({ from, to }) => from < to);
}
