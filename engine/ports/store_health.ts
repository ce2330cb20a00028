/** How a store is: whether it can be worked with, and where that stands. */
export interface Health {
  /** Whether it answers, may be written to, and has the tables that this program knows. */
  healthy: boolean;
  /** Round trip of a query in milliseconds. */
  latency: number;
  /** All of it in words, for people; when it is not healthy, why. */
  detail: string;
  /** Below: unknown where there was no answer. The release of the database server. */
  version?: string;
  /** How many steps the tables' making has, as applied there and as known here. */
  migrations?: { applied: number; known: number };
  /** How many connections the server has, and how many it takes. */
  connections?: { open: number; most: number };
}

/**
 * How many rows there are. Counts are exact up to 100,000; above that they are the database's own
 * estimates, and `estimated` names them.
 */
export interface StoreStats {
  candles: number;
  bots: number;
  signals: number;
  trades: number;
  performance: number;
  rawTrades: number;
  gaps: number;
  estimated: readonly string[];
  /** Size of the database in bytes. */
  bytes: number;
  /** Close times of the oldest and the newest candle of all, if there are any. */
  oldestCandle: number | undefined;
  newestCandle: number | undefined;
}
