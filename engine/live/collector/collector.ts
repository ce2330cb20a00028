import type { Candle } from "../../market/candles.ts";
import { InputError } from "../../market/errors.ts";
import { type Bus, type BusMessage, marketChannel } from "../../ports/bus.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Feed } from "../../ports/feed.ts";
import type { History } from "../../ports/history.ts";
import type { MarketKey, Store } from "../../ports/store.ts";
import type { Told } from "../outbox/candle_jobs.ts";
import { type CollectingOptions, Collection, type CollectionPlace } from "./collection.ts";
import { type CollectorStats, collectorStats, type CollectorWatch } from "./collector_stats.ts";
import { TradeGate } from "./trade_gate.ts";
import { type UnhurriedBus, unhurriedBus } from "../unhurried_bus.ts";
import { waitFor } from "../wait_for.ts";

/** At its end a bus that hangs is not waited for longer, in milliseconds. */
const LAST_MESSAGES = 1_000;

/** Where trades of some exchanges come from. */
export interface Provider {
  feed: Feed;
  /** The exchanges' own candles, for what was not observed. */
  history?: History;
}

/** What a collector works with. */
export interface CollectorPlace {
  store: Store;
  /** One that never throws: `forgivingBus`. */
  bus: Bus;
  clock: Clock;
  watch?: CollectorWatch;
}

/**
 * Turns trades into candles, stores them, and wakes whoever waits for them. Time is the exchange's: an
 * interval closes when a later trade of its instrument arrives or, when nothing trades, once the
 * exchange's clock (which its feed measures) is past its end by the grace period. A trade that
 * comes later makes a new revision; time that was not observed gives no candle, unless the exchange's
 * own candles fill it.
 *
 * Memory is bounded however long the database is away: a feed's `mostRows` wait in its outbox, then it
 * is not read, and keeps to its own bound (`FeedSettings.queue` for ccxt, which lets its socket go). Of
 * each instrument the ids of five minutes are remembered, 400,000 at most, and as many minutes of
 * candles in the making; 1,000 messages wait for the bus. What comes of an instrument while a hole of it
 * is filled has its room among the `mostRows`. Only a hole is fetched as a whole.
 */
export class Collector {
  readonly stats: CollectorStats = collectorStats();
  private readonly providers = new Map<string, Provider>();
  private readonly bus: UnhurriedBus;
  private readonly watch: CollectorWatch;

  constructor(private readonly place: CollectorPlace) {
    this.watch = place.watch ?? {};
    this.bus = unhurriedBus(place.bus);
  }

  /** Says where the trades of an exchange come from. */
  registerProvider(exchange: string, provider: Provider): void {
    this.providers.set(exchange, provider);
  }

  /** Whether somebody has said so. */
  hasProvider(exchange: string): boolean {
    return this.providers.has(exchange);
  }

  /**
   * Collects candles of these markets until the feeds end or `signal` aborts; goes on behind what is
   * stored. Throws an `InputError` for an exchange without a provider, and what the feeds throw of that
   * kind; a feed that breaks off otherwise is tried again.
   */
  async startCollection(
    keys: readonly MarketKey[],
    signal: AbortSignal,
    options: CollectingOptions = {},
  ): Promise<void> {
    const { place: { store, clock }, watch, stats, told } = this;
    const stopping = new AbortController(), either = AbortSignal.any([signal, stopping.signal]);
    const place: CollectionPlace = {
      // What an earlier collection has seen, the feeds give again where it is needed.
      ...{ store, clock, watch, stats, told, options, signal: either, gate: new TradeGate() },
      historyOf: (exchange) => this.providerOf(exchange).history,
    };
    const groups = Map.groupBy(keys, ({ exchange }) => this.providerOf(exchange).feed);
    const collecting = Array.from(groups, async ([feed, group]) => {
      try {
        await new Collection(feed, place).run(group);
      } catch (error) {
        stopping.abort();
        throw error;
      }
    });
    await Promise.allSettled(collecting);
    await waitFor(this.bus.sent(), LAST_MESSAGES, clock);
    await Promise.all(collecting);
  }

  private providerOf(exchange: string): Provider {
    const provider = this.providers.get(exchange);
    if (provider) return provider;
    const known = [...this.providers.keys()].join(", ") || "none";
    throw new InputError(`Nothing gives the trades of ${exchange}; there are: ${known}`);
  }

  private readonly told: Told = {
    stored: async (key, newest, count) => {
      this.stats.candles += count;
      await this.announce(key, newest, {});
    },
    revised: async (key, candle) => {
      this.stats.revisions++;
      await this.announce(key, candle, { revised: 1 });
    },
    conflict: (message) => {
      this.stats.conflicts++;
      this.watch.trouble?.(message);
    },
  };

  private async announce(key: MarketKey, candle: Candle, more: BusMessage): Promise<void> {
    const { exchange, symbol, timeframe } = key, { trades, ...rest } = candle;
    const counted: BusMessage = Number.isNaN(trades) ? {} : { trades };
    const message: BusMessage = { exchange, timeframe, ...rest, ...counted, ...more };
    await this.bus.publish(marketChannel(symbol), message);
  }
}
