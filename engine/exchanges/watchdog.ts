import type { FeedMarket } from "./feed_market.ts";
import { fillTools } from "./filling.ts";
import type { LinkPlace } from "./link.ts";
import { messageOf } from "./patiently.ts";
import type { Arrival } from "./read_trade.ts";
import type { Connection } from "./web_socket_guard.ts";

/** How often it looks, in milliseconds. */
const LOOK = 200;

/**
 * Watches over a connection. A socket may stay open and say nothing any more (half-open), or nothing
 * but pongs: so while nothing is traded, REST is asked whether that is true. That answer, not the
 * silence, is what "observed" means here.
 */
export class Watchdog {
  private heardAt: number;
  private askedAt: number;
  /** Local time through which trades came, or REST told that there were none. */
  private seen: number | undefined;
  private probing = false;
  private turn = 0;
  private pings = 0;
  private hasHeard = false;

  constructor(
    private readonly markets: readonly FeedMarket[],
    private readonly place: LinkPlace,
    private readonly signal: AbortSignal,
    private readonly end: (reason: string) => void,
  ) {
    this.heardAt = this.askedAt = place.clock.now();
  }

  /** Whether the subscription stands. */
  get stands(): boolean {
    return this.seen !== undefined;
  }

  get isHeard(): boolean {
    return this.hasHeard;
  }

  get seenTo(): number | undefined {
    return this.seen;
  }

  stand(): void {
    this.seen ??= this.place.clock.now();
  }

  /** A frame came. */
  heard(): void {
    this.hasHeard = true;
    this.heardAt = this.place.clock.now();
    if (!this.place.settings.backfill && this.stands) this.seen = this.heardAt;
  }

  /** A trade came. */
  traded(received: number): void {
    if (this.seen === undefined || received > this.seen) this.seen = received;
  }

  /** Watches until the connection ends. */
  async run(socket: Connection): Promise<void> {
    const { clock } = this.place;
    while (!this.signal.aborted) {
      await clock.sleep(LOOK, this.signal);
      if (this.signal.aborted) return;
      this.look(clock.now(), socket);
    }
  }

  private look(now: number, socket: Connection): void {
    const { traits, settings } = this.place, { pingAfter, deadAfter, probeAfter } = settings;
    const silent = now - this.heardAt;
    if (traits.ping && silent >= pingAfter && now - this.askedAt >= pingAfter) {
      this.askedAt = now;
      socket.send(traits.ping(++this.pings));
    }
    if (now - Math.max(this.heardAt, this.seen ?? 0) >= deadAfter) {
      return this.end(`nothing was heard for ${Math.round(silent / 1_000)} s`);
    }
    if (this.seen === undefined || !settings.backfill) return;
    if (now - this.seen >= probeAfter && !this.probing) this.probe(now);
  }

  /** Asks REST whether there are trades that the socket did not bring. */
  private async probe(now: number): Promise<void> {
    this.probing = true;
    try {
      const market = this.next();
      if (market.lane.isComplete) await this.compare(market, now);
    } catch (error) {
      const { exchange, trouble } = this.place;
      if (!this.signal.aborted) trouble(`${exchange.id}: ${messageOf(error)}`);
      await this.place.clock.sleep(this.place.settings.probeGrace, this.signal);
    } finally {
      this.probing = false;
    }
  }

  private async compare(market: FeedMarket, now: number): Promise<void> {
    const { clock, settings, trouble } = this.place, { lane, instrument } = market;
    const { pages } = fillTools(market, this.place, this.signal);
    const page = await (pages.isById ? pages.byId(undefined) : pages.byTime(undefined, undefined));
    if (!page || this.signal.aborted) return;
    const isNews = (arrival: Arrival) => !lane.knows(arrival);
    const news = page.filter(isNews);
    // An empty page is no proof, unless the market is that new.
    if (page.length === 0 && lane.newest) return;
    if (news.length === 0) return void (this.seen = Math.max(this.seen ?? 0, now));
    await clock.sleep(settings.probeGrace, this.signal);
    if (this.signal.aborted || !lane.isComplete || !news.some(isNews)) return;
    trouble(`${instrument.exchange} ${instrument.symbol}: trades do not come by the socket`);
    this.end("the socket is open and brings no trades");
  }

  /** The market with the newest trade and each other one take turns. */
  private next(): FeedMarket {
    const { markets } = this, newest = (market: FeedMarket) => market.lane.newest?.timestamp ?? 0;
    if (this.turn++ % 2) return markets[(this.turn >> 1) % markets.length];
    return markets.reduce((a, b) => newest(b) > newest(a) ? b : a);
  }
}
