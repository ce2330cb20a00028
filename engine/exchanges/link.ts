import { backoff } from "./backoff.ts";
import type { CcxtTrade } from "./ccxt_exchange.ts";
import type { FeedMarket } from "./feed_market.ts";
import { Filling } from "./filling.ts";
import type { LinkPlace } from "./link_place.ts";
import { readTrade } from "./read_trade.ts";
import { subscribe } from "./subscribe.ts";
import type { Message } from "./venue_traits.ts";
import { Watchdog } from "./watchdog.ts";
import { type Connection, SocketGuard, type SocketListener } from "./web_socket_guard.ts";

/** Unknown exchanges do not say when a subscription stands; it does after so long, in ms. */
const SUBSCRIBING = 3_000;

/** A trade that took so long to come, in ms, was held up with all that is behind it in the stream. */
const HELD_UP = 1_000;

/**
 * The markets of a venue that share a socket: connects, subscribes, has missed trades fetched before
 * newer ones are passed, notices when nothing comes any more, and begins anew.
 */
export class Link {
  private readonly markets: ReadonlyMap<string, FeedMarket>;
  private readonly guard: SocketGuard;
  private observedTo: number;

  constructor(
    markets: readonly FeedMarket[],
    private readonly place: LinkPlace,
    /** The exchange's time through which the markets count as observed before anything was. */
    from: number,
  ) {
    this.markets = new Map(markets.map((market) => [market.instrument.symbol, market]));
    this.guard = new SocketGuard(place.exchange, [...this.markets.keys()], place.traits);
    this.observedTo = from;
  }

  private current: { watchdog: Watchdog } | undefined;

  /**
   * The exchange's time through which every trade was passed that was made; stands still while some are
   * missing.
   */
  get observed(): number {
    const seen = this.current?.watchdog.seenTo;
    if (seen !== undefined && this.isWhole) this.observedTo = Math.max(this.observedTo, seen);
    return this.observedTo;
  }

  private get isWhole(): boolean {
    for (const { lane } of this.markets.values()) if (!lane.isComplete) return false;
    return true;
  }

  private get held(): number {
    let held = 0;
    for (const { lane } of this.markets.values()) held += lane.size;
    return held;
  }

  /** Listens until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { queue, clock, random, settings, trouble, exchange } = this.place;
    for (let attempt = 0; !signal.aborted;) {
      await queue.room(signal);
      const begun = clock.monotonic(), reason = await this.connection(signal);
      const forget = this.held > settings.queue / 2;
      for (const { lane } of this.markets.values()) lane.interrupt(forget);
      if (signal.aborted) return;
      trouble(`${exchange.id}: ${reason}`);
      attempt = clock.monotonic() - begun >= settings.goodAfter ? 1 : attempt + 1;
      await clock.sleep(backoff(settings.reconnect, attempt, random), signal);
    }
  }

  /** One connection, from its beginning to its end; returns why it ended. */
  private async connection(stop: AbortSignal): Promise<string> {
    const ending = new AbortController(), signal = AbortSignal.any([stop, ending.signal]);
    let why = "stopped";
    const end = (reason: string) => {
      if (!ending.signal.aborted) why = reason;
      ending.abort();
    };
    const { place } = this, { exchange, clock } = place, markets = [...this.markets.values()];
    const filling = new Filling(place, signal);
    const watchdog = new Watchdog(markets, place, signal, end, () => filling.isBusy);
    const listener = this.listener(watchdog, filling, end), socket = this.guard.listen(listener);
    this.current = { watchdog };
    const symbols = [...this.markets.keys()];
    const over = new Promise<void>((resolve) => {
      signal.addEventListener("abort", () => resolve(), { once: true });
      if (signal.aborted) resolve();
    });
    const work = Promise.all([
      subscribe(exchange, symbols, clock, signal, end),
      watchdog.run(socket),
      this.standAfter(SUBSCRIBING, watchdog, filling, signal),
    ]).catch((error) => end(String(error)));
    await over;
    this.current = undefined;
    this.close(socket);
    await Promise.race([work, clock.sleep(1_000)]);
    await filling.done();
    return why;
  }

  private close(socket: Connection): void {
    try {
      socket.close();
    } catch (error) {
      this.place.trouble(`${this.place.exchange.id}: ${error}`);
    }
  }

  private listener(watchdog: Watchdog, filling: Filling, end: (why: string) => void) {
    const { place } = this, { traits, queue, settings } = place;
    const listener: SocketListener = {
      heard: (message: Message | undefined) => {
        watchdog.heard();
        if (!watchdog.stands && message && traits.isAck?.(message)) this.stand(watchdog, filling);
        if (queue.size + this.held >= settings.queue) {
          end(
            this.held > queue.size
              ? "too many trades wait for older ones"
              : "the reader is too slow",
          );
        }
      },
      trade: (symbol, raw) => {
        if (!watchdog.stands) this.stand(watchdog, filling);
        this.takeTrade(this.markets.get(symbol)!, raw, watchdog, filling);
      },
      refused: (reason, detail) => {
        place.refused(reason, detail);
        if (watchdog.stands) {
          for (const market of this.markets.values()) this.doubt(market, filling);
        }
      },
      ended: end,
    };
    return listener;
  }

  private takeTrade(
    market: FeedMarket,
    raw: CcxtTrade,
    watchdog: Watchdog,
    filling: Filling,
  ): void {
    const { traits, time, refused } = this.place;
    const trade = readTrade(raw, market.terms());
    if (typeof trade === "string") {
      if (trade === "timestamp is ahead of the exchange's clock") {
        time.learn(raw.timestamp as number);
      }
      refused(trade, market.instrument.symbol);
      return this.doubt(market, filling);
    }
    const received = time.learn(trade.timestamp);
    const { timestamp } = trade, isHeldUp = received - timestamp > HELD_UP;
    // The network stood still, or this process did: what was traded since may be in the next frame.
    watchdog.traded(market, isHeldUp ? timestamp : received);
    const { lane } = market;
    const fills = traits.fills?.(raw.info) ?? 1;
    lane.take({ trade: fills > 1 ? { ...trade, fills } : trade, fills, received });
    if (!lane.isComplete) filling.begin(market);
  }

  private doubt(market: FeedMarket, filling: Filling): void {
    market.lane.doubt();
    if (!market.lane.isComplete) filling.begin(market);
  }

  /** The subscription stands: what was traded before is fetched. */
  private stand(watchdog: Watchdog, filling: Filling): void {
    watchdog.stand();
    for (const market of this.markets.values()) {
      market.lane.begin(this.place.time.likely);
      if (!market.lane.isComplete) filling.begin(market);
    }
  }

  private async standAfter(
    milliseconds: number,
    watchdog: Watchdog,
    filling: Filling,
    signal: AbortSignal,
  ): Promise<void> {
    if (this.place.traits.isAck) return;
    await this.place.clock.sleep(milliseconds, signal);
    if (!signal.aborted && !watchdog.stands && watchdog.isHeard) this.stand(watchdog, filling);
  }
}
