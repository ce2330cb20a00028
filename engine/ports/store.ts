import type { ClosedTrade, Signal } from "../account/ledger.ts";
import type { Candle, Candles } from "../market/candles.ts";
import type { Timeframe } from "../market/timeframe.ts";
import type { Instrument, Trade } from "../market/trade.ts";

export type { ClosedTrade, Signal };

/** The candles of one instrument and timeframe. */
export interface MarketKey extends Instrument {
  timeframe: Timeframe;
}

/** Which candles to read; times are close times in UTC milliseconds. */
export interface CandleRange {
  /** Only candles that close after this time. */
  after?: number;
  /** Only candles that close at or before this time. */
  to?: number;
  /** At most so many, the oldest first. */
  limit?: number;
  /**
   * The candles as bots decided on them (the first revision, the default) or as they stand after
   * corrections.
   */
  revision?: "decided" | "latest";
}

export interface MarketDataRepository {
  /** As `upsertCandles`, for one. */
  upsertCandle(key: MarketKey, candle: Candle, options?: { force?: boolean }): Promise<boolean>;
  /**
   * Stores candles, and may be repeated: one that is stored with the same values is left alone. Other
   * values for a stored time are refused with a `CandleConflictError`, unless `force` makes them a
   * new revision. Returns how many were written.
   */
  upsertCandles(
    key: MarketKey,
    candles: readonly Candle[],
    options?: { force?: boolean },
  ): Promise<number>;
  candles(key: MarketKey, range?: CandleRange): Promise<Candles>;
  latestCandle(key: MarketKey): Promise<Candle | undefined>;
}

export interface RawTradesRepository {
  /** Stores trades; one whose id is stored is left alone. Returns how many were written. */
  insert(instrument: Instrument, trades: readonly Trade[]): Promise<number>;
  /** Trades with from ≤ timestamp < to, in time order. */
  between(instrument: Instrument, from: number, to: number): Promise<Trade[]>;
}

/** `quarantined` bots crashed too often and wait for a person. */
export type BotStatus = "running" | "stopped" | "finished" | "crashed" | "quarantined";

/** A bot as the database knows it. `Config` and `Run` are stored as the JSON that they are. */
export interface BotRecord {
  id: string;
  /** The config as it was when the bot was made. */
  config: unknown;
  /** What its numbers depend on: see `RunSpec`. */
  run: unknown;
  status: BotStatus;
  /** Why it has this status, for people. */
  reason: string;
  /** When it last made progress (UTC milliseconds). */
  heartbeat: number | undefined;
  /** Close time of the last candle that it decided. */
  cursor: number | undefined;
  /** Rises whenever a runner takes the bot over; writes under an older epoch are refused. */
  epoch: number;
  /** When it was restarted after a crash, in the last hour. */
  restarts: readonly number[];
  createdAt: number;
}

export interface BotRepository {
  /** Makes the bot unless one with this id is there. Returns the bot as stored. */
  create(bot: Pick<BotRecord, "id" | "config" | "run">): Promise<BotRecord>;
  find(id: string): Promise<BotRecord | undefined>;
  list(): Promise<BotRecord[]>;
  /** Takes the bot over for `owner`: raises its epoch and returns the new one. */
  claim(id: string, owner: string): Promise<number>;
  /** The state that was committed with the cursor. */
  snapshot(id: string): Promise<Uint8Array | undefined>;
  setStatus(id: string, status: BotStatus, reason: string): Promise<void>;
  heartbeat(id: string, epoch: number, at: number): Promise<void>;
  recordRestart(id: string, at: number): Promise<void>;
}

/** A row of a bot's equity curve. */
export interface PerformanceRow {
  /** Close time of the candle. */
  time: number;
  equity: number;
  cash: number;
  /** Units of the base currency held; negative when short. */
  position: number;
  /** Equity below its running peak, as a fraction: 0 or negative. */
  drawdown: number;
}

export interface SignalRepository {
  ofBot(botId: string): Promise<Signal[]>;
}

export interface TradeRepository {
  /** Closed trades in the order in which they were closed. */
  ofBot(botId: string): Promise<ClosedTrade[]>;
}

export interface PerformanceRepository {
  ofBot(botId: string, range?: { after?: number; limit?: number }): Promise<PerformanceRow[]>;
}

/** What a bot decided over some candles: written as one, or not at all. */
export interface Decision {
  botId: string;
  /** The epoch under which the bot runs. */
  epoch: number;
  /** The cursor on which the decision builds. */
  previousCursor: number | undefined;
  cursor: number;
  /** The state behind `cursor`. */
  snapshot: Uint8Array;
  signals: readonly Signal[];
  trades: readonly ClosedTrade[];
  performance: readonly PerformanceRow[];
}

export interface Health {
  healthy: boolean;
  /** Round trip of a query in milliseconds. */
  latency: number;
  detail: string;
}

/** How many rows there are. */
export interface StoreStats {
  candles: number;
  bots: number;
  signals: number;
  trades: number;
  performance: number;
}

/** Where everything is kept. It is the truth; the bus only wakes. */
export interface Store {
  readonly marketData: MarketDataRepository;
  readonly rawTrades: RawTradesRepository;
  readonly bots: BotRepository;
  readonly signals: SignalRepository;
  readonly trades: TradeRepository;
  readonly performance: PerformanceRepository;
  /**
   * Writes a decision in one transaction. Throws a `FencedError`, with nothing written, if the bot's
   * epoch or cursor is no longer the one it builds on.
   */
  commit(decision: Decision): Promise<void>;
  healthCheck(): Promise<Health>;
  stats(): Promise<StoreStats>;
  close(): Promise<void>;
}
