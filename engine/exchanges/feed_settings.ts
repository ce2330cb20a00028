import type { Delays } from "./backoff.ts";

/** How a feed over ccxt behaves; every time in milliseconds of the clock that it is given. */
export interface FeedSettings {
  /** So many trades wait for a slow reader; behind them the socket is let go. */
  queue: number;
  /** Nothing was heard for so long: the exchange is asked for an answer on the socket. */
  pingAfter: number;
  /** Nothing was traded for so long: REST is asked whether that is so. */
  probeAfter: number;
  /** So long may a trade that REST tells of take to come by the socket. */
  probeGrace: number;
  /** Nothing was heard for so long, by socket or REST: the socket is dead. */
  deadAfter: number;
  /** The waits before another connect. */
  reconnect: Delays;
  /** A connection that has lasted so long was a good one: the next wait is the first again. */
  goodAfter: number;
  /** So long may trades that overtook others wait for these before REST is asked. */
  settle: number;
  /** So many pages are fetched of what was missed at once; the rest, the oldest, is lost. */
  mostPages: number;
  /** So often is asked for what an exchange does not give, before it is lost. */
  tries: number;
  /** Whether what was missed is fetched. Only an experiment switches it off. */
  backfill: boolean;
  /** Whether holes are seen by ids where a venue counts them. Only an experiment switches it off. */
  counts: boolean;
}

/** The settings that are used where none are given. */
export const FEED_SETTINGS: FeedSettings = {
  queue: 100_000,
  pingAfter: 3_000,
  probeAfter: 1_000,
  probeGrace: 2_000,
  deadAfter: 12_000,
  reconnect: { first: 250, most: 30_000 },
  goodAfter: 30_000,
  settle: 50,
  mostPages: 10_000,
  tries: 8,
  backfill: true,
  counts: true,
};
