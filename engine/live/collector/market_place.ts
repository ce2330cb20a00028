import type { Clock } from "../../ports/clock.ts";
import type { History } from "../../ports/history.ts";
import type { MarketKey, Store } from "../../ports/store.ts";
import type { Tell } from "../../ports/tell.ts";
import type { Told } from "../outbox/candle_jobs.ts";
import type { CollectorStats } from "./collector_stats.ts";
import type { Outbox } from "../outbox/outbox.ts";

/** What the markets of one feed share. */
export interface MarketPlace {
  store: Store;
  clock: Clock;
  /** What time it is on an exchange, UTC milliseconds, as far as its feed tells. */
  timeOf(exchange: string): number;
  outbox: Outbox;
  history?: History;
  told: Told;
  stats: CollectorStats;
  tell: Tell;
  /** A trade is left out. */
  refuse(reason: string): void;
  /** Something went wrong that no second try would mend. */
  fail(error: unknown): void;
  signal: AbortSignal;
  /** Whether the trades themselves are stored as well. */
  rawTrades: boolean;
  /** So many candles are fetched of a market of which there are none. */
  warmUp(key: MarketKey): number;
}
