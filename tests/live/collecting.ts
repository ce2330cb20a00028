import type { CollectingOptions } from "../../engine/live/collector/collection.ts";
import { Collector } from "../../engine/live/collector/collector.ts";
import {
  type CollectorStats,
  collectorStats,
  type CollectorWatch,
} from "../../engine/live/collector/collector_stats.ts";
import { PATIENCE } from "../../engine/live/outbox/outbox.ts";
import { systemClock } from "../../engine/live/system_clock.ts";
import type { Clock } from "../../engine/ports/clock.ts";
import type { Bus } from "../../engine/ports/bus.ts";
import type { Feed, FeedBatch } from "../../engine/ports/feed.ts";
import type { History } from "../../engine/ports/history.ts";
import type { MarketKey, Store } from "../../engine/ports/store.ts";
import { deafBus } from "./faults.ts";
import { BTC, madeFeed, NINE } from "./made_feed.ts";

export const SECONDS: MarketKey = { ...BTC, timeframe: "1s" };
export const MINUTES: MarketKey = { ...BTC, timeframe: "1m" };

/**
 * Real time, but that what was brought is waited for until it is stored: else how often a collector tells that all
 * is depends on how fast the database is.
 */
const patientClock: Clock = {
  ...systemClock,
  sleep: (time, signal) => systemClock.sleep(time === PATIENCE ? 30_000 : time, signal),
};

/** How to collect. */
export interface Collecting extends CollectingOptions {
  bus?: Bus;
  watch?: CollectorWatch;
  /** Candles of one second unless given. */
  keys?: readonly MarketKey[];
  stop?: AbortSignal;
  clock?: Clock;
}

/** Has a new collector take these batches; returns what it has seen. */
export async function collect(
  store: Store,
  batches: readonly FeedBatch[],
  collecting: Collecting = {},
): Promise<CollectorStats> {
  return await collectFrom(store, { feed: madeFeed(batches) }, collecting);
}

/** Has a new collector take what a feed gives; returns what it has seen. */
export async function collectFrom(
  store: Store,
  provider: { feed: Feed; history?: History },
  { bus = deafBus, clock = patientClock, watch, keys = [SECONDS], stop, ...options }: Collecting =
    {},
): Promise<CollectorStats> {
  const collector = new Collector({ store, bus, clock, watch });
  for (const { exchange } of keys) collector.registerProvider(exchange, provider);
  await collector.startCollection(keys, stop ?? new AbortController().signal, options);
  return collector.stats;
}

/** What a collector has seen, if nothing else came. */
export function seen(stats: Partial<CollectorStats>): CollectorStats {
  return { ...collectorStats(), ...stats };
}

/** The stored candles, short: seconds after nine, open, high, low, close, volume, kind. */
export async function stored(
  store: Store,
  key: MarketKey = SECONDS,
  revision: "decided" | "latest" = "decided",
): Promise<string[]> {
  const candles = await store.marketData.candles(key, { revision });
  return candles.rows().map(({ time, open, high, low, close, volume, kind }) =>
    `${(time - NINE) / 1_000} ${open} ${high} ${low} ${close} ${volume} ${kind}`
  );
}

/** Cuts a list into pieces. */
export function pieces<T>(all: readonly T[], size: number): T[][] {
  return Array.from(
    { length: Math.ceil(all.length / size) },
    (_, i) => all.slice(i * size, (i + 1) * size),
  );
}
