import { Candles } from "../../engine/market/candles.ts";

export const HOUR = 3_600_000;

/** Open of the first candle. */
export const MIDNIGHT = Date.UTC(2024, 0, 1);

/** An hourly candle as open, high, low and close. */
export type Prices = [open: number, high: number, low: number, close: number];

/** Hourly candles from midnight on. */
export function hours(...rows: Prices[]): Candles {
  const candles = rows.map(([open, high, low, close], i) => ({
    time: MIDNIGHT + (i + 1) * HOUR,
    open,
    high,
    low,
    close,
    volume: 1,
    trades: 1,
    kind: "traded" as const,
  }));
  return Candles.fromRows("1h", candles);
}

/** A candle that stands still. */
export function still(price: number): Prices {
  return [price, price, price, price];
}

/** A signal column that fires on the given rows of `length`. */
export function on(rows: number[], length: number): number[] {
  return Array.from({ length }, (_, i) => rows.includes(i) ? 1 : 0);
}
