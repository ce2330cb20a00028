import { Candles } from "./candles.ts";

/** Candles with what has to be said of them; a notebook shows it with them. */
export class NotedCandles extends Candles {
  constructor(candles: Candles, readonly notes: readonly string[]) {
    super(candles.timeframe, candles, candles.decimals);
  }
}
