import type { Instrument, Trade } from "../market/trade.ts";

/** Something that a venue sent about an instrument, other than a trade: a ticker, a book. */
export interface MarketDataPoint {
  /** The exchange's time, UTC milliseconds. */
  timestamp: number;
  /** What tells it from others of its time; without one, points of the same content are one. */
  id?: string;
  /** As it was received: anything that JSON can write. */
  data: unknown;
}

/**
 * Market data as it was received. Its type is `trade` for trades; others have the names that whoever
 * stores them gives them, such as `ticker`.
 */
export interface RawTradesRepository {
  /** Stores trades; one whose time and id are stored is left alone. Returns how many were written. */
  insert(instrument: Instrument, trades: readonly Trade[]): Promise<number>;
  /** Stores something that was received, unless it is stored. Returns whether it was written. */
  insertMarketDataPoint(instrument: Instrument, dataType: "trade", point: Trade): Promise<boolean>;
  insertMarketDataPoint(
    instrument: Instrument,
    dataType: string,
    point: MarketDataPoint,
  ): Promise<boolean>;
  /** As `insertMarketDataPoint`, for many. Returns how many were written. */
  insertMarketDataPoints(
    instrument: Instrument,
    dataType: "trade",
    points: readonly Trade[],
  ): Promise<number>;
  insertMarketDataPoints(
    instrument: Instrument,
    dataType: string,
    points: readonly MarketDataPoint[],
  ): Promise<number>;
  /**
   * What was received with from ≤ timestamp < to, in time order; at the same time by id, shorter ids
   * first, which is in number order where ids count up.
   */
  between(instrument: Instrument, dataType: "trade", from: number, to: number): Promise<Trade[]>;
  between(
    instrument: Instrument,
    dataType: string,
    from: number,
    to: number,
  ): Promise<MarketDataPoint[]>;
}
