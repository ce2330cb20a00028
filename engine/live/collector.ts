import type { Candle } from "../market/candles.ts";
import { CandleBuilder } from "../market/candle_builder.ts";
import { checkTrade, iso } from "../market/checks.ts";
import { InputError } from "../market/errors.ts";
import { type Instrument, instrumentKey } from "../market/trade.ts";
import { type Bus, marketChannel } from "../ports/bus.ts";
import type { Feed, FeedBatch, FeedEvent } from "../ports/feed.ts";
import type { MarketKey, Store } from "../ports/store.ts";
import { ExchangeClock } from "./exchange_clock.ts";
import { forgivingBus } from "./forgiving_bus.ts";

/** How long after its end a silent interval stays open for trades that are under way, in ms. */
const GRACE = 2_000;

/** One series of candles in the making. */
interface Making {
  key: MarketKey;
  builder: CandleBuilder;
  /** Trades from before this time are in stored candles already. */
  observedFrom: number;
  /** Closed and not stored yet. */
  closed: Candle[];
}

/** What a collector has seen. */
export interface CollectorStats {
  /** Trades that were not in stored candles already. */
  trades: number;
  candles: number;
  /** Trades that came after their candle was closed. */
  late: number;
  /** Trades that were no trades; they are left out. */
  refused: number;
}

/** What a collector tells of its work. */
export interface CollectorWatch {
  /** A trade was left out. */
  refused?(reason: string): void;
  /** Something is amiss, and collecting goes on. */
  trouble?(message: string): void;
  /** Everything that arrived up to this time (UTC milliseconds, the feed's clock) is stored. */
  progress?(time: number): void;
}

/**
 * Turns a feed's trades into candles, stores them, and wakes whoever waits for them. Time is the
 * exchange's: an interval closes when a later trade of its instrument arrives or, when nothing trades,
 * once the exchange's clock (ours, with the measured offset) is past its end by the grace period.
 */
export class Collector {
  readonly stats: CollectorStats = { trades: 0, candles: 0, late: 0, refused: 0 };
  private readonly making = new Map<string, Making[]>();
  private readonly clocks = new Map<string, ExchangeClock>();
  private readonly bus: Bus;

  constructor(
    private readonly feed: Feed,
    private readonly store: Store,
    bus: Bus,
    private readonly watch: CollectorWatch = {},
  ) {
    this.bus = forgivingBus(bus, (message) => this.watch.trouble?.(message));
  }

  /** Collects until the feed ends or `signal` aborts; goes on behind the candles that are stored. */
  async collect(keys: readonly MarketKey[], signal: AbortSignal): Promise<void> {
    for (const key of keys) await this.prepare(key);
    const instruments = [...this.making.values()].map(([{ key }]) => key);
    const since = (instrument: Instrument) => this.since(instrument);
    for await (const batch of this.feed.trades(instruments, since, signal)) {
      this.take(batch);
      await this.flush();
      this.watch.progress?.(batch.now);
    }
  }

  private async prepare(key: MarketKey): Promise<void> {
    const latest = await this.store.marketData.latestCandle(key);
    const builder = new CandleBuilder({
      timeframe: key.timeframe,
      observedFrom: latest?.time,
      previousClose: latest?.close,
    });
    const making = { key, builder, observedFrom: latest?.time ?? -Infinity, closed: [] };
    const all = this.making.get(instrumentKey(key)) ?? [];
    this.making.set(instrumentKey(key), [...all, making]);
  }

  private since(instrument: Instrument): number | undefined {
    const all = this.making.get(instrumentKey(instrument)) ?? [];
    const since = Math.min(...all.map(({ observedFrom }) => observedFrom));
    return Number.isFinite(since) ? since : undefined;
  }

  /**
   * It is the time at which a trade arrived before the trade is taken: what is late does not depend
   * on how the trades were batched, nor on how fast a tape is replayed.
   */
  private take({ events, now }: FeedBatch): void {
    for (const event of events) {
      this.closeSilent(event.received);
      this.takeTrade(event);
    }
    this.closeSilent(now);
  }

  private takeTrade(event: FeedEvent): void {
    const { instrument, trade } = event, problem = this.problemOf(event);
    if (problem) {
      this.stats.refused++;
      this.watch.refused?.(problem);
      return;
    }
    const makings = (this.making.get(instrumentKey(instrument)) ?? [])
      .filter(({ observedFrom }) => trade.timestamp >= observedFrom);
    if (makings.length > 0) this.stats.trades++;
    for (const { builder, closed } of makings) {
      const { late } = builder;
      for (const candle of builder.add(trade)) closed.push(candle);
      this.stats.late += builder.late - late;
    }
  }

  /** Why a trade cannot be taken, if so. One that can be tells the exchange's time. */
  private problemOf({ instrument, trade, received }: FeedEvent): string | undefined {
    const place = `${instrumentKey(instrument)} ${trade.id}`;
    try {
      checkTrade(trade, place);
    } catch (error) {
      if (error instanceof InputError) return error.message;
      throw error;
    }
    const clock = this.clocks.getOrInsert(instrument.exchange, new ExchangeClock());
    if (clock.learn(trade.timestamp, received)) return undefined;
    const now = iso(Math.round(clock.at(received)));
    return `${place}: its time is ${iso(trade.timestamp)}, but it is only ${now} on the exchange`;
  }

  private closeSilent(received: number): void {
    for (const all of this.making.values()) {
      const clock = this.clocks.get(all[0].key.exchange);
      if (!clock) continue;
      const over = clock.at(received) - GRACE;
      for (const { builder, closed } of all) {
        if (builder.label === 0 || over < builder.label) continue;
        for (const candle of builder.advance(over)) closed.push(candle);
      }
    }
  }

  private async flush(): Promise<void> {
    for (const making of [...this.making.values()].flat()) {
      const { key, closed } = making;
      if (closed.length === 0) continue;
      making.closed = [];
      this.stats.candles += await this.store.marketData.upsertCandles(key, closed);
      const { exchange, timeframe } = key, time = closed[closed.length - 1].time;
      await this.bus.publish(marketChannel(key.symbol), { exchange, timeframe, time });
    }
  }
}
