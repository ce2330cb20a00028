import type { Instrument, Trade } from "../market/trade.ts";

/** A trade as it arrived. */
export interface FeedEvent {
  instrument: Instrument;
  trade: Trade;
  /** Local time of arrival, UTC milliseconds. */
  received: number;
}

/** A source of trades. */
export interface Feed {
  /** The decimals in which an instrument's prices are quoted, if they are decimal numbers. */
  priceDecimals(instrument: Instrument): Promise<number | undefined>;
  /**
   * Trades in the order of arrival, in batches, of the given instruments; ends when the source does
   * or `signal` aborts. `since` says from which exchange time on an instrument is wanted.
   */
  trades(
    instruments: readonly Instrument[],
    since: (instrument: Instrument) => number | undefined,
    signal: AbortSignal,
  ): AsyncIterable<readonly FeedEvent[]>;
}
