import { nominalLength, openTime, type Timeframe } from "../market/timeframe.ts";

const DAY = nominalLength("1d");

/** Whether a candle that is behind one of a day is of that day, too: it is if it closes before its end. */
export function closesIn(day: number, close: number): boolean {
  return close <= (day + 1) * DAY;
}

/** The UTC day, counted from 1970, that a candle belongs to by its close: the one that it opens in. */
export function dayOf(close: number, timeframe: Timeframe): number {
  return Math.floor(openTime(close, timeframe) / DAY);
}
