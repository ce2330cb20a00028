import type { Candles } from "../market/candles.ts";

/**
 * What holding the instrument would have returned over the same rows, as a fraction: from the open of
 * the first candle to the close of the last, all in, no costs. NaN of no candles.
 */
export function buyAndHold({ open, close, length }: Candles): number {
  return length === 0 ? NaN : heldReturn(open[0], close[length - 1]);
}

/** The same for each row, of holding from the open of the row `first` on. */
export function heldReturns({ open, close }: Candles, first = 0): Float64Array {
  return close.map((price) => heldReturn(open[first], price));
}

function heldReturn(bought: number, price: number): number {
  return (price - bought) / bought;
}
