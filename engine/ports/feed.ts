import type { Instrument, Trade } from "../market/trade.ts";

/** A trade as it arrived. */
export interface FeedEvent {
  instrument: Instrument;
  trade: Trade;
  /** Local time of arrival, UTC milliseconds. */
  received: number;
}

/** What arrived up to `now`. */
export interface FeedBatch {
  /** In the order of arrival; none if nothing traded. */
  events: readonly FeedEvent[];
  /** Local time, UTC milliseconds. */
  now: number;
}

/** A source of trades. */
export interface Feed {
  /** The decimals in which an instrument's prices are quoted, if they are decimal numbers. */
  priceDecimals(instrument: Instrument): Promise<number | undefined>;
  /**
   * The trades of the given instruments, each from the exchange time on that `since` gives for it, or
   * from earlier. While nothing trades there is an empty batch at least every second, so that a reader
   * can close silent intervals. Ends when the source does, or soon after `signal` aborts.
   */
  trades(
    instruments: readonly Instrument[],
    since: (instrument: Instrument) => number | undefined,
    signal: AbortSignal,
  ): AsyncIterable<FeedBatch>;
}
