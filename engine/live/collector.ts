import type { Candle } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import { type Instrument, instrumentKey } from "../market/trade.ts";
import { type Bus, type BusMessage, marketChannel } from "../ports/bus.ts";
import type { Clock } from "../ports/clock.ts";
import type { Feed, FeedBatch, FeedEvent, LostSpan } from "../ports/feed.ts";
import type { History } from "../ports/history.ts";
import type { MarketKey, Store } from "../ports/store.ts";
import type { Told } from "./candle_jobs.ts";
import { CollectedMarket, type MarketPlace } from "./collected_market.ts";
import { type CollectorStats, collectorStats, type CollectorWatch } from "./collector_stats.ts";
import { CollectedMarkets } from "./collected_markets.ts";
import { forgivingBus } from "./forgiving_bus.ts";
import { Outbox } from "./outbox.ts";
import { TradeGate } from "./trade_gate.ts";
import { type UnhurriedBus, unhurriedBus } from "./unhurried_bus.ts";

/** How long after its end a silent interval stays open for trades that are under way, in ms. */
const GRACE = 2_000;

/** The first and the longest wait before a feed is tried again that broke off, in milliseconds. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;

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
  bus: Bus;
  clock: Clock;
  watch?: CollectorWatch;
}

/** How to collect. */
export interface CollectingOptions {
  /** Whether the trades themselves are stored as well. */
  rawTrades?: boolean;
  /** So many candles of each timeframe are fetched for a market of which there are none. */
  warmUp?: number;
  /** Rows that may wait for a database that is away, of each feed; 100,000 unless given. */
  mostRows?: number;
}

/**
 * Turns trades into candles, stores them, and wakes whoever waits for them. Time is the exchange's: an
 * interval closes when a later trade of its instrument arrives or, when nothing trades, once the
 * exchange's clock (ours, with the measured offset) is past its end by the grace period. A trade that
 * comes later makes a new revision; time that was not observed gives no candle, unless the exchange's
 * own candles fill it.
 *
 * Memory is bounded however long the database is away: a feed's `mostRows` wait in its outbox, then it
 * is not read, and keeps to its own bound (`FeedSettings.queue` for ccxt, which lets its socket go). Of
 * each instrument the ids of five minutes are remembered, 400,000 at most, and as many minutes of
 * candles in the making; 1,000 messages wait for the bus. Only a hole is fetched as a whole.
 */
export class Collector {
  readonly stats: CollectorStats = collectorStats();
  private readonly providers = new Map<string, Provider>();
  private gate = new TradeGate();
  private readonly bus: UnhurriedBus;
  private readonly watch: CollectorWatch;

  constructor(private readonly place: CollectorPlace) {
    this.watch = place.watch ?? {};
    this.bus = unhurriedBus(forgivingBus(place.bus, (message) => this.watch.trouble?.(message)));
  }

  /** Says where the trades of an exchange come from. */
  registerProvider(exchange: string, provider: Provider): void {
    this.providers.set(exchange, provider);
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
    // What an earlier collection has seen, the feeds give again where it is needed.
    this.gate = new TradeGate();
    const stopping = new AbortController(), either = AbortSignal.any([signal, stopping.signal]);
    const groups = Map.groupBy(keys, ({ exchange }) => this.providerOf(exchange).feed);
    const collecting = [...groups.values()].map(async (group) => {
      try {
        await this.collect(group, either, options);
      } catch (error) {
        stopping.abort();
        throw error;
      }
    });
    await Promise.allSettled(collecting);
    await this.lastMessages();
    await Promise.all(collecting);
  }

  private async lastMessages(): Promise<void> {
    const sent = new AbortController();
    await Promise.race([this.bus.sent(), this.place.clock.sleep(LAST_MESSAGES, sent.signal)]);
    sent.abort();
  }

  private providerOf(exchange: string): Provider {
    const provider = this.providers.get(exchange);
    if (provider) return provider;
    const known = [...this.providers.keys()].join(", ") || "none";
    throw new InputError(`Nothing gives the trades of ${exchange}; there are: ${known}`);
  }

  /** Collects what comes from one feed. */
  private async collect(
    keys: readonly MarketKey[],
    signal: AbortSignal,
    options: CollectingOptions,
  ): Promise<void> {
    const { store, clock } = this.place;
    const { mostRows } = options, trouble = (message: string) => this.tell(message);
    const outbox = new Outbox({ store, clock, trouble, stopping: signal, mostRows });
    const { feed } = this.providerOf(keys[0].exchange), markets = new CollectedMarkets();
    const place: MarketPlace = {
      ...{ store, clock, outbox, signal, stats: this.stats, told: this.told },
      tell: trouble,
      rawTrades: options.rawTrades ?? false,
      warmUp: options.warmUp ?? 0,
    };
    const preparing = [...Map.groupBy(keys, instrumentKey).values()].map(async (group) => {
      const { exchange, symbol } = group[0], timeframes = group.map(({ timeframe }) => timeframe);
      const own = { ...place, history: this.providerOf(exchange).history };
      markets.add(await CollectedMarket.prepare({ exchange, symbol }, timeframes, own));
    });
    await Promise.all(preparing);
    const since = (instrument: Instrument) => markets.of(instrument)?.since;
    for await (const batch of this.batches(feed, markets.instruments, since, signal)) {
      this.take(batch, markets);
      await Promise.all(Array.from(markets.all, (market) => market.settle()));
      await outbox.send();
      if (outbox.isEmpty) this.watch.progress?.(batch.now);
    }
    await outbox.drain();
  }

  /** A feed's batches; a feed that breaks off is tried again. */
  private async *batches(
    feed: Feed,
    instruments: readonly Instrument[],
    since: (instrument: Instrument) => number | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<FeedBatch> {
    for (let wait = FIRST_WAIT;; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      try {
        for await (const batch of feed.trades(instruments, since, signal)) {
          wait = FIRST_WAIT;
          yield batch;
        }
        return;
      } catch (error) {
        if (error instanceof InputError || !(error instanceof Error)) throw error;
        this.tell(`A feed broke off, and is tried again in ${wait / 1_000} s: ${error.message}`);
      }
      await this.place.clock.sleep(wait, signal);
      if (signal.aborted) return;
    }
  }

  /**
   * It is the time at which a trade arrived before the trade is taken, unless the feed says that others
   * are under way from before: what is late does not depend on how the trades were batched, nor on how
   * fast a tape is replayed.
   */
  private take({ events, now, lost = [] }: FeedBatch, markets: CollectedMarkets): void {
    for (const span of lost) this.lose(span, markets);
    for (const event of events) {
      this.closeSilent(markets, Math.min(event.observed ?? event.received, now));
      this.takeTrade(event, markets);
    }
    this.closeSilent(markets, now);
  }

  private lose(span: LostSpan, markets: CollectedMarkets): void {
    this.stats.lost++;
    this.tell(`${instrumentKey(span.instrument)}: trades may be missing: ${span.reason}`);
    markets.of(span.instrument)?.lose(span);
  }

  private takeTrade(event: FeedEvent, markets: CollectedMarkets): void {
    const { stats, watch } = this, problem = this.gate.refuse(event);
    if (problem) {
      if (problem.refusal === "duplicate") return void stats.duplicates++;
      stats.refused++;
      return void watch.refused?.(problem.reason);
    }
    const market = markets.of(event.instrument);
    if (!market) return;
    const taken = market.take(event.trade);
    markets.begun(market);
    if (taken === "stored before") return;
    if (taken !== "too late") stats.trades++;
    if (taken !== "in time") stats.late++;
    if (taken === "too late") {
      stats.refused++;
      watch.refused?.(`${instrumentKey(event.instrument)} ${event.trade.id}: too late`);
    }
  }

  private closeSilent(markets: CollectedMarkets, received: number): void {
    for (const exchange of markets.exchanges) {
      markets.advance(exchange, this.gate.time(exchange, received) - GRACE);
    }
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
      this.tell(message);
    },
  };

  private async announce(key: MarketKey, candle: Candle, more: BusMessage): Promise<void> {
    const { exchange, symbol, timeframe } = key, { trades, ...rest } = candle;
    const counted: BusMessage = Number.isNaN(trades) ? {} : { trades };
    const message: BusMessage = { exchange, timeframe, ...rest, ...counted, ...more };
    await this.bus.publish(marketChannel(symbol), message);
  }

  private tell(message: string): void {
    this.watch.trouble?.(message);
  }
}
