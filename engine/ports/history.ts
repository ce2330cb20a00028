import type { Candle } from "../market/candles.ts";
import type { MarketKey } from "./store.ts";

/** Some closed candles of an exchange's own record. */
export interface CandlePage {
  /** Oldest first, of kind `backfilled`. Silent intervals are absent or flat, as the exchange has it. */
  candles: readonly Candle[];
  /** The record is told through this close time (UTC milliseconds), with a candle there or without. */
  through: number;
}

/** A source of candles that were closed long ago. */
export interface History {
  /**
   * The closed candles with `from` ≤ open time and close time ≤ `to`, page by page, oldest first. Each
   * page reaches further; the last one reaches `to`, or the last interval that is closed by now, unless the
   * exchange told nothing of what is left: what it does not answer is not taken for silence. Waits
   * and tries again when the exchange is busy or away; throws an error that says what was asked for when
   * it will not answer.
   */
  candles(
    key: MarketKey,
    from: number,
    to: number,
    signal: AbortSignal,
  ): AsyncIterable<CandlePage>;
}
