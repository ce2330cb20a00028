import {
  Collector,
  type CollectorStats,
  type CollectorWatch,
} from "../../engine/live/collector.ts";
import type { Bus } from "../../engine/ports/bus.ts";
import type { FeedBatch } from "../../engine/ports/feed.ts";
import type { MarketKey, Store } from "../../engine/ports/store.ts";
import { deafBus } from "./faults.ts";
import { BTC, madeFeed, NINE } from "./made_feed.ts";

export const SECONDS: MarketKey = { ...BTC, timeframe: "1s" };
export const MINUTES: MarketKey = { ...BTC, timeframe: "1m" };

/** How to collect. */
export interface Collecting {
  bus?: Bus;
  watch?: CollectorWatch;
  /** Candles of one second unless given. */
  keys?: readonly MarketKey[];
  stop?: AbortSignal;
}

/** Has a new collector take these batches; returns what it has seen. */
export async function collect(
  store: Store,
  batches: readonly FeedBatch[],
  { bus = deafBus, watch, keys = [SECONDS], stop = new AbortController().signal }: Collecting = {},
): Promise<CollectorStats> {
  const collector = new Collector(madeFeed(batches), store, bus, watch);
  await collector.collect(keys, stop);
  return collector.stats;
}

/** The stored candles, short: seconds after nine, open, high, low, close, volume, kind. */
export async function stored(store: Store, key: MarketKey = SECONDS): Promise<string[]> {
  const candles = await store.marketData.candles(key);
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
