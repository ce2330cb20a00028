import { nominalLength, openTime, type Timeframe } from "../market/timeframe.ts";

const DAY = nominalLength("1d");

/** The UTC day, counted from 1970, that a candle belongs to by its close: the one that it opens in. */
export function dayOf(close: number, timeframe: Timeframe): number {
  return Math.floor(openTime(close, timeframe) / DAY);
}
