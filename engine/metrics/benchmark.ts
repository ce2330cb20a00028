import type { Candles } from "../market/candles.ts";

/** What buying at the first open and holding is worth, costs left out: of one unit, or of all the money. */
export interface Benchmark {
  /** Before the first row; NaN of none. */
  before: number;
  /** At each row's close. */
  worth: Float64Array;
}

/** One unit of an instrument, bought at the open of the first candle. */
export function heldUnit({ open, close }: Pick<Candles, "open" | "close">, first = 0): Benchmark {
  return { before: open[first] ?? NaN, worth: close };
}
