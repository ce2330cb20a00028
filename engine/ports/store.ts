import type { ClosedTrade, Fill, Refusal, Signal } from "../account/ledger.ts";
import type { Candle, Candles } from "../market/candles.ts";
import type { Instrument } from "../market/trade.ts";
import type { BotStatus } from "./bot_status.ts";
import type { CarriedOut, WishRepository } from "./bot_wishes.ts";
import type { BotRepository } from "./bots.ts";
import type { LostSpan } from "./feed.ts";
import type { RawTradesRepository } from "./raw_trades.ts";
import type { Health, StoreStats } from "./store_health.ts";
import type { MarketKey, PerformanceRow, RecordedGap } from "./stored.ts";
import type { WatchRepository } from "./watch.ts";

export type { ClosedTrade, Fill, MarketKey, PerformanceRow, RecordedGap, Refusal, Signal };

/**
 * Candles as bots decided on them, or as they stand after corrections. A candle is decided on as it
 * was first stored (revision 0), and never if it was first stored behind a newer one: bots had gone by
 * then. Such a candle begins as revision 1, and a correction is one more.
 */
export type Revision = "decided" | "latest";

/** Which candles to read; times are close times in UTC milliseconds. */
export interface CandleRange {
  /** Only candles that close after this time. */
  after?: number;
  /** Only candles that close at or before this time. */
  to?: number;
  /** At most so many, the oldest first. */
  limit?: number;
  /** `decided` unless given. */
  revision?: Revision;
  /**
   * As decided, candles that close at or before this time are those that were stored first, behind newer
   * ones or not: somebody who began later has them all.
   */
  front?: number;
}

/** A candle that was stored, and as which revision. */
export interface StoredRevision {
  candle: Candle;
  revision: number;
}

/** Candles that are no longer, or not only, what bots decided on. */
export interface Revised {
  count: number;
  /** Close times of the first and the last of them; NaN if there is none. */
  first: number;
  last: number;
}

export interface MarketDataRepository {
  /** As `upsertCandles`, for one. */
  upsertCandle(key: MarketKey, candle: Candle, options?: { force?: boolean }): Promise<boolean>;
  /**
   * Stores candles, and may be repeated: one that is stored with the same values is left alone. Other
   * values for a stored time are refused with a `CandleConflictError`, unless `force` makes them a
   * new revision. All are written or none. Returns how many were written.
   */
  upsertCandles(
    key: MarketKey,
    candles: readonly Candle[],
    options?: { force?: boolean },
  ): Promise<number>;
  /** How the candles of a range, as they were decided, differ from what they are now. */
  revised(key: MarketKey, range: Pick<CandleRange, "after" | "to" | "front">): Promise<Revised>;
  /** As `upsertCandles` with `force`. Returns what was written, in time order, to be announced. */
  revise(key: MarketKey, candles: readonly Candle[]): Promise<StoredRevision[]>;
  /** Candles in time order. */
  candles(key: MarketKey, range?: CandleRange): Promise<Candles>;
  /**
   * The candle with the newest time: as it stands, unless asked for as decided. Of both readings it is
   * at the same time, since a candle is never the newest one and behind another when it is first stored.
   */
  latestCandle(key: MarketKey, revision?: Revision): Promise<Candle | undefined>;
  /**
   * Records that trades of a span may be missing. What of it is recorded already is left alone, so
   * that recorded gaps never overlap. Returns whether any of it was new.
   */
  recordGap(gap: LostSpan): Promise<boolean>;
  /** The recorded gaps that have a part in [from, to) (UTC milliseconds), in time order, whole. */
  gaps(instrument: Instrument, range?: { from?: number; to?: number }): Promise<RecordedGap[]>;
}

/** Rows with after < time ≤ to (UTC milliseconds). */
export interface TimeRange {
  after?: number;
  to?: number;
}

export interface SignalRepository {
  ofBot(botId: string, range?: TimeRange): Promise<Signal[]>;
  count(botId: string): Promise<number>;
}

/** A row with its place among the bot's own, counted from 1. */
export type Numbered<Row> = Row & { number: number };

/** Rows that a bot writes one behind the other. */
export interface NumberedRepository<Row> {
  /** All of a bot's, in their order. */
  ofBot(botId: string): Promise<Row[]>;
  /** Those with after < number ≤ to, in their order; to the last one unless `to` is given. */
  numbered(botId: string, after: number, to?: number): Promise<Numbered<Row>[]>;
}

/** Closed trades in the order in which they were closed. */
export interface TradeRepository extends NumberedRepository<ClosedTrade> {
  count(botId: string): Promise<number>;
}

/** Every purchase and sale, in the order in which they were made; the trades are what they make. */
export type FillRepository = NumberedRepository<Fill>;

/** What was asked for and not done, in the order in which it was refused. */
export type RefusalRepository = NumberedRepository<Refusal>;

export interface PerformanceRepository {
  ofBot(botId: string, range?: TimeRange & { limit?: number }): Promise<PerformanceRow[]>;
  /** The newest row, if there is one. */
  latest(botId: string): Promise<PerformanceRow | undefined>;
  /** The months (UTC, such as `2024-08`) of which rows are kept, of any bot, oldest first. */
  months(): Promise<string[]>;
}

/** A bot's status, and why, for people. */
export interface StatusWithReason {
  status: BotStatus;
  reason: string;
}

/**
 * A candle of another market that a bot's row was decided without, since it was recorded as missing: for
 * that bot it stays missing, whatever is stored later.
 */
export interface MissingCandle {
  symbol: string;
  /** Close time, UTC milliseconds. */
  time: number;
}

export interface MissingRepository {
  /** In the order of their times, then of the symbols. */
  ofBot(botId: string, range?: TimeRange): Promise<MissingCandle[]>;
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
  refusals: readonly Refusal[];
  fills: readonly Fill[];
  trades: readonly ClosedTrade[];
  /** Of these candles those that are kept, which need not be all. */
  performance: readonly PerformanceRow[];
  /** Of bots that read other markets: what these had no candle of. */
  missing?: readonly MissingCandle[];
  /** How many of the candles the account acted on. */
  candles: number;
  /** The deepest drawdown on any of these, a fraction: 0 or negative. */
  maxDrawdown: number;
  /** What people asked for and the account has carried out with it, if there was anything. */
  wishes?: readonly CarriedOut[];
  /** The status that the bot has with it, where that is another one, and the reason for people. */
  status?: StatusWithReason;
}

/** What `maintain` is to do. */
export interface MaintenanceOptions {
  /** The time by which months are old or to come, UTC milliseconds. */
  now: number;
  /** How many whole months of raw trades to keep besides the running one; all unless given. */
  rawTradesMonths?: number;
  /** How many whole months of bots' equity to keep besides the running one; all unless given. */
  performanceMonths?: number;
}

/** What `maintain` did: months (UTC) of tables, such as `2024-08` of `raw_trades`. */
export interface Maintenance {
  made: readonly TableMonth[];
  /** Gone, with all their rows. */
  dropped: readonly TableMonth[];
}

export interface TableMonth {
  table: string;
  month: string;
}

/** Where everything is kept. It is the truth; the bus only wakes. */
export interface Store {
  readonly marketData: MarketDataRepository;
  readonly rawTrades: RawTradesRepository;
  readonly bots: BotRepository;
  readonly wishes: WishRepository;
  readonly signals: SignalRepository;
  readonly trades: TradeRepository;
  readonly fills: FillRepository;
  readonly refusals: RefusalRepository;
  readonly performance: PerformanceRepository;
  readonly watch: WatchRepository;
  readonly missing: MissingRepository;
  /**
   * Writes a decision in one transaction. Throws a `FencedError`, with nothing written, if the bot's
   * epoch or cursor is no longer the one it builds on.
   */
  commit(decision: Decision): Promise<void>;
  /**
   * Makes room for this month and the next, ahead of time, and drops whole months that are older than
   * what is to be kept. To be called now and then, by as many as like.
   */
  maintain(options: MaintenanceOptions): Promise<Maintenance>;
  /** Never throws: a store that is away is an answer, too. */
  healthCheck(): Promise<Health>;
  stats(): Promise<StoreStats>;
  close(): Promise<void>;
}
