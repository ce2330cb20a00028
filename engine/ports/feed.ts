import type { Instrument, Trade } from "../market/trade.ts";

/**
 * A trade of up to so long before the newest one of its instrument is known again and revises its candle,
 * in milliseconds of the exchange's time; an older one may be refused, and need not be asked for.
 */
export const REVISABLE = 300_000;

/** A trade as it arrived. */
export interface FeedEvent {
  instrument: Instrument;
  trade: Trade;
  /**
   * Its exchange's time when it arrived, as the feed measures that, UTC milliseconds: never later than it
   * was, and not before the trade's own unless that is wrong. Of a trade that was fetched later, or that
   * came while others were missing, it may be after the batch's `now`: time has not come so far yet.
   */
  received: number;
  /**
   * The exchange's time through which the source was observed when the trade came, UTC milliseconds, if
   * that is before `received`: older trades of others were still missing, and come behind this one.
   */
  observed?: number;
}

/** Time of which trades may be missing for good: it was not observed and could not be filled. */
export interface LostSpan {
  instrument: Instrument;
  /** Exchange time, UTC milliseconds: trades with from ≤ timestamp < to may be missing. */
  from: number;
  to: number;
  /** Why, for people. */
  reason: string;
}

/** Of a `LostSpan` with these very times nothing is missing any more. */
export interface FoundSpan {
  instrument: Instrument;
  from: number;
  to: number;
}

/** What arrived up to `now`. */
export interface FeedBatch {
  /** In the order of arrival; none if nothing traded. */
  events: readonly FeedEvent[];
  /**
   * The time of its exchange through which the source was observed, UTC milliseconds, and never later
   * than it was there: whatever arrived by then is in this batch or an earlier one. It stands still while
   * a source is away whose trades can be had later; -Infinity before anything was observed.
   */
  now: number;
  /** The same for each exchange, where a source has several, or a clock that is none of theirs. */
  times?: ReadonlyMap<string, number>;
  /** What was lost, told before anything newer of the same instrument. */
  lost?: readonly LostSpan[];
  /** What was told as lost and has come after all, all of it, with this batch or an earlier one. */
  found?: readonly FoundSpan[];
}

/** A source of trades. */
export interface Feed {
  /** The decimals in which an instrument's prices are quoted, if they are decimal numbers. */
  priceDecimals(instrument: Instrument): Promise<number | undefined>;
  /**
   * The trades of the given instruments, each from the exchange time on that `since` gives for it, or
   * from earlier; what of that cannot be had is told as lost. A trade may come more than once. While
   * nothing trades there is an empty batch at least every second, so that a reader can close silent
   * intervals. Ends when the source does, or soon after `signal` aborts.
   */
  trades(
    instruments: readonly Instrument[],
    since: (instrument: Instrument) => number | undefined,
    signal: AbortSignal,
  ): AsyncIterable<FeedBatch>;
}
