import type { Signal } from "../account/ledger.ts";
import type { Config } from "../strategy/config.ts";
import type { BotStatus } from "./bot_status.ts";
import type { Wish } from "./bot_wishes.ts";
import type { MarketKey, PerformanceRow, RecordedGap } from "./stored.ts";
import type { VerificationRecord } from "./verification.ts";

/** A bot at a glance. */
export interface BotGlance {
  id: string;
  /** The strategy's name. */
  strategy: string;
  market: Config["market"];
  /** The steps of its graph that name an instrument: by them it may read other markets, too. */
  named: Config["strategy"]["graph"];
  /** What the account began with, in the quote currency. */
  balance: number;
  status: BotStatus;
  reason: string;
  /** When it last made progress, UTC milliseconds: it decided a candle, or looked and there was none. */
  heartbeat: number | undefined;
  /** Close time of the last candle that it decided. */
  cursor: number | undefined;
  /** Candles that its account acted on. */
  candles: number;
  /** The deepest drawdown on any of them, a fraction: 0 or negative. */
  maxDrawdown: number;
  /** Restarts after a crash in the last hour. */
  restarts: number;
  createdAt: number;
  /** What came of its last verification, if there was one. */
  verification: VerificationRecord | undefined;
  /** What people asked of it last that is still to be carried out. */
  asked: Wish | undefined;
  /** Whether a runner has it whose lease lasts. */
  isHeld: boolean;
  /** Closed trades, fills and refusals so far. */
  trades: number;
  fills: number;
  refusals: number;
  /** Close time of the candle of its last signal. */
  lastSignal: number | undefined;
  /** The newest row of its equity; none before its account acted. */
  last: PerformanceRow | undefined;
}

/** Bots at a glance, and when that was. */
export interface Glance {
  /** The store's clock, UTC milliseconds: ages are told by it. */
  now: number;
  bots: BotGlance[];
}

/** A position that is open, as its fills make it. Money is in the quote currency. */
export interface OpenPosition {
  /** Units of the base currency held; negative when short. */
  position: number;
  /** Time of the fill that opened it. */
  entryTime: number;
  /** Average price of all that was entered. */
  entryPrice: number;
}

/** Candles of one instrument and timeframe, as they come in. */
export interface SeriesGlance extends MarketKey {
  /** Close time of the newest candle. */
  newest: number;
  /** Intervals looked back at from there, fewer where the series began later. */
  intervals: number;
  /** How many of them have a candle. */
  candles: number;
  /** How many of those are silent: nothing traded. */
  empty: number;
  /** Trades that were counted in them; those of sources that do not count are none. */
  trades: number;
  /** Recorded gaps of the instrument. */
  gaps: number;
}

/** How long decisions took: from a candle's close until its signal was stored, in milliseconds. */
export interface DecisionLatency {
  /** How many signals were looked at. */
  signals: number;
  /** NaN without any. */
  p50: number;
  p99: number;
}

/**
 * What somebody who watches reads: each answer is bounded, however long a bot has run, and found by an
 * index.
 */
export interface WatchRepository {
  /** The first `limit` bots by id, or the one with this id. */
  glance(range: { limit: number; id?: string }): Promise<Glance>;
  /**
   * The equity of bots at up to `points` moments that are spread evenly over the time that each has
   * run, the first and the last row among them. A bot without rows is left out.
   */
  equity(ids: readonly string[], points: number): Promise<Map<string, PerformanceRow[]>>;
  /** The open positions of bots; those that hold nothing are left out. */
  positions(ids: readonly string[]): Promise<Map<string, OpenPosition>>;
  /**
   * A bot's newest signals, those before `before` (UTC milliseconds) if it is given, the newest first.
   * Of one time all are read, even if that is more than `limit`.
   */
  signals(botId: string, limit: number, before?: number): Promise<Signal[]>;
  /** The first `limit` series, by exchange, symbol and timeframe. */
  series(limit: number): Promise<SeriesGlance[]>;
  /** The gaps that were recorded last of each instrument, the newest first. */
  recentGaps(limit: number): Promise<RecordedGap[]>;
  /** Of each bot's last signals, 20 at most, those that were stored within `within` milliseconds. */
  decisionLatency(within: number): Promise<DecisionLatency>;
}
