import { instrumentKey } from "../../market/trade.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Feed, FeedBatch, FeedEvent, FoundSpan, LostSpan } from "../../ports/feed.ts";
import type { History } from "../../ports/history.ts";
import type { MarketKey, Store } from "../../ports/store.ts";
import type { About } from "../../ports/tell.ts";
import type { Told } from "../outbox/candle_jobs.ts";
import { CollectedMarkets } from "./collected_markets.ts";
import type { CollectorStats, CollectorWatch } from "./collector_stats.ts";
import { feedBatches } from "./feed_batches.ts";
import type { MarketPlace } from "./market_place.ts";
import { MOST_ROWS, Outbox } from "../outbox/outbox.ts";
import { prepareMarket } from "./prepare_market.ts";
import type { TradeGate } from "./trade_gate.ts";

/** The grace that is given to trades under way, unless another one is. */
const GRACE = 2_000;

/** How to collect. */
export interface CollectingOptions {
  /** Whether the trades themselves are stored as well. */
  rawTrades?: boolean;
  /** So many candles are fetched of a market of which there are none; none unless given. */
  warmUp?: (key: MarketKey) => number;
  /** Rows that may wait for a database that is away, of each feed; 100,000 unless given. */
  mostRows?: number;
  /** How long after its end a silent interval stays open for trades under way, in ms; 2,000 unless given. */
  grace?: number;
}

/** What the collections of one collector share. */
export interface CollectionPlace {
  store: Store;
  clock: Clock;
  gate: TradeGate;
  told: Told;
  stats: CollectorStats;
  watch: CollectorWatch;
  /** The exchange's own candles, if there is somebody who gives them. */
  historyOf(exchange: string): History | undefined;
  options: CollectingOptions;
  signal: AbortSignal;
}

/** Collects what comes from one feed. */
export class Collection {
  private readonly markets = new CollectedMarkets();
  private readonly outbox: Outbox;
  private failure: { error: unknown } | undefined;
  /** What time it was on an exchange at a moment of the clock that nobody sets. */
  private readonly times = new Map<string, { time: number; at: number }>();

  constructor(private readonly feed: Feed, private readonly place: CollectionPlace) {
    const { store, clock, signal, options: { mostRows } } = place;
    const trouble = (message: string) => this.tell(message);
    this.outbox = new Outbox({ store, clock, trouble, stopping: signal, mostRows });
  }

  /** Collects these markets until the feed ends or everything is to stop. */
  async run(keys: readonly MarketKey[]): Promise<void> {
    const { feed, markets, outbox, place: { clock, signal, watch } } = this;
    await this.prepare(keys);
    const { instruments } = markets, tell = (message: string) => this.tell(message);
    const since: Parameters<Feed["trades"]>[1] = (instrument) => markets.since(instrument);
    for await (const batch of feedBatches({ feed, instruments, since, clock, tell, signal })) {
      this.take(batch);
      markets.settle();
      await this.room();
      await outbox.send();
      const isStored = outbox.isEmpty && markets.filling.length === 0;
      if (isStored && batch.now > -Infinity) watch.progress?.(batch.now);
    }
    await Promise.all(markets.filling);
    this.complain();
    await outbox.drain();
  }

  private async prepare(keys: readonly MarketKey[]): Promise<void> {
    const { outbox, place: { store, clock, signal, stats, told, watch, historyOf, options } } =
      this;
    const common: MarketPlace = {
      ...{ store, clock, outbox, signal, stats, told },
      timeOf: (exchange) => {
        const { time, at } = this.times.get(exchange) ?? { time: -Infinity, at: 0 };
        return time + clock.monotonic() - at;
      },
      tell: (...told) => this.tell(...told),
      refuse: (reason) => watch.refused?.(reason),
      fail: (error) => this.failure ??= { error },
      rawTrades: options.rawTrades ?? false,
      warmUp: options.warmUp ?? (() => 0),
    };
    const preparing = [...Map.groupBy(keys, instrumentKey).values()].map(async (group) => {
      const { exchange, symbol } = group[0], timeframes = group.map(({ timeframe }) => timeframe);
      const own = { ...common, history: historyOf(exchange) };
      this.markets.add(await prepareMarket({ exchange, symbol }, timeframes, own));
    });
    await Promise.all(preparing);
  }

  /** What waits for holes to be filled and what waits for the store have one room. */
  private async room(): Promise<void> {
    const { markets, outbox, place: { signal, options: { mostRows = MOST_ROWS } } } = this;
    while (!signal.aborted && markets.waiting > 0 && markets.waiting + outbox.rows >= mostRows) {
      await Promise.race(markets.filling);
    }
    this.complain();
  }

  private complain(): void {
    if (this.failure) throw this.failure.error;
  }

  /**
   * It is the time at which a trade arrived before the trade is taken, unless the feed says that others
   * are under way from before: what is late does not depend on how the trades were batched, nor on how
   * fast a tape is replayed.
   */
  private take(batch: FeedBatch): void {
    const { events, lost = [], found = [] } = batch, { markets } = this;
    const { grace = GRACE } = this.place.options;
    for (const span of lost) this.lose(span);
    for (const event of events) {
      const { instrument: { exchange }, received, observed = received } = event;
      markets.advance(exchange, Math.min(observed, timeOf(exchange, batch)) - grace);
      this.takeTrade(event);
    }
    for (const span of found) this.find(span);
    const at = this.place.clock.monotonic();
    for (const exchange of markets.exchanges) {
      const time = timeOf(exchange, batch);
      this.times.set(exchange, { time, at });
      markets.advance(exchange, time - grace);
    }
  }

  private lose(span: LostSpan): void {
    this.place.stats.lost++;
    const market = instrumentKey(span.instrument);
    this.tell(`${market}: trades may be missing: ${span.reason}`, { level: "warning", market });
    this.markets.lose(span);
  }

  private find(span: FoundSpan): void {
    const market = instrumentKey(span.instrument);
    this.tell(`${market}: trades that were missing have come`, { market });
    this.markets.find(span);
  }

  private takeTrade(event: FeedEvent): void {
    const { gate, stats, watch } = this.place, problem = gate.refuse(event);
    if (!problem) return this.markets.take(event.instrument, event.trade);
    if (problem.refusal === "duplicate") return void stats.duplicates++;
    stats.refused++;
    watch.refused?.(problem.reason);
  }

  private tell(message: string, about: About = { level: "warning" }): void {
    this.place.watch.trouble?.(message, about);
  }
}

function timeOf(exchange: string, { now, times }: FeedBatch): number {
  return times ? times.get(exchange) ?? -Infinity : now;
}
