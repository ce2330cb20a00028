import type { Candles } from "../market/candles.ts";

/**
 * What holding the instrument would have returned over the same rows, as a fraction: from the open of
 * the first candle to the close of the last, all in, no costs. NaN of no candles.
 */
export function buyAndHold({ open, close, length }: Candles): number {
  return length === 0 ? NaN : (close[length - 1] - open[0]) / open[0];
}
