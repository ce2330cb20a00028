import type { FeedMarket } from "./feed_market.ts";
import { fillTools } from "./filling.ts";
import type { LinkPlace } from "./link_place.ts";
import { messageOf } from "./patiently.ts";
import type { Connection } from "./web_socket_guard.ts";

/** How often it looks, and asks for trades that an exchange has kept back, in milliseconds. */
const LOOK = 200, RECHECK = 5_000;

/**
 * How often one of the markets is compared with what REST tells of it, however busy the others are, in
 * milliseconds: so a hundred markets come in turn while what they missed can still be revised.
 */
const COMPARE = 2_000;

/** REST may tell of trades a little out of order, too, in milliseconds. */
const OVERLAP = 2_000;

/**
 * Watches over a connection. A socket may stay open and say nothing any more (half-open), or nothing
 * but pongs: so while nothing is traded, REST is asked whether that is true. That answer, not the
 * silence, is what "observed" means here. One market may fall silent beside busy ones: they are compared
 * with REST in turn, first the one that was not heard of for longest. Silence is counted in looks, not by
 * the clock, which may be set, or have stood still with the machine.
 */
export class Watchdog {
  private looks = 0;
  private heardAt = 0;
  private askedAt = 0;
  private seenAt = 0;
  /** The exchange's time through which trades came, or REST told that there were none. */
  private seen: number | undefined;
  private probing = false;
  private rechecking = false;
  private turn = 0;
  /** The look at which a market last traded, or was compared. */
  private readonly proven = new Map<FeedMarket, number>();
  private pings = 0;
  private hasHeard = false;

  constructor(
    private readonly markets: readonly FeedMarket[],
    private readonly place: LinkPlace,
    private readonly signal: AbortSignal,
    private readonly end: (reason: string) => void,
    /** Whether missed trades are being fetched: a new socket would only delay that. */
    private readonly isFilling: () => boolean,
  ) {}

  /** Whether the subscription stands. */
  get stands(): boolean {
    return this.seen !== undefined;
  }

  /** Whether anything came. */
  get isHeard(): boolean {
    return this.hasHeard;
  }

  get seenTo(): number | undefined {
    return this.seen;
  }

  stand(): void {
    this.seeTo(this.place.time.now);
  }

  /** A frame came. */
  heard(): void {
    this.hasHeard = true;
    this.heardAt = this.looks;
    if (!this.place.settings.backfill && this.stands) this.stand();
  }

  /** A trade of a market came. */
  traded(market: FeedMarket, received: number): void {
    this.proven.set(market, this.looks);
    this.seeTo(received);
  }

  private seeTo(time: number): void {
    if (this.seen === undefined || time > this.seen) this.seen = time;
    this.seenAt = this.looks;
  }

  /** Watches until the connection ends. */
  async run(socket: Connection): Promise<void> {
    while (!this.signal.aborted) {
      await this.place.clock.sleep(LOOK, this.signal);
      if (this.signal.aborted) return;
      this.looks++;
      this.look(socket);
      if (this.stands && this.looks * LOOK % RECHECK === 0) this.recheck();
    }
  }

  private async recheck(): Promise<void> {
    if (this.rechecking) return;
    this.rechecking = true;
    const market = this.markets[(this.looks * LOOK / RECHECK) % this.markets.length];
    await market.recheck(fillTools(market, this.place, this.signal)).catch((error) => {
      this.place.trouble(`${this.place.exchange.id}: ${messageOf(error)}`);
    });
    this.rechecking = false;
  }

  private since(look: number): number {
    return (this.looks - look) * LOOK;
  }

  private look(socket: Connection): void {
    const { traits, settings, time } = this.place, { pingAfter, deadAfter, probeAfter } = settings;
    const silent = this.since(this.heardAt);
    if (traits.ping && silent >= pingAfter && this.since(this.askedAt) >= pingAfter) {
      this.askedAt = this.looks;
      socket.send(traits.ping(++this.pings));
    }
    if (Math.min(silent, this.since(this.seenAt)) >= deadAfter && !this.isFilling()) {
      return this.end(`nothing was heard for ${silent / 1_000} s`);
    }
    if (!this.stands || !settings.backfill) return;
    const isDue = this.looks * LOOK % COMPARE === 0 || this.since(this.seenAt) >= probeAfter;
    if (isDue && !this.probing) this.probe(time.now);
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
    const page = await market.newest(fillTools(market, this.place, this.signal));
    if (!page || this.signal.aborted) return;
    const isQuiet = lane.missing(page).length === 0,
      last = page.at(-1)?.trade.timestamp ?? -Infinity;
    // A page without what is known is no proof: it is empty, or cut, by mistake.
    const { newest } = lane;
    if (newest && isQuiet && !page.some(({ trade }) => trade.id === newest.id)) return;
    if (isQuiet) {
      lane.prove(last - OVERLAP);
      return this.seeTo(now);
    }
    await clock.sleep(settings.probeGrace, this.signal);
    if (this.signal.aborted || !lane.isComplete) return;
    const missing = lane.missing(page), name = `${instrument.exchange} ${instrument.symbol}`;
    if (missing.length === 0 || lane.recover(missing)) {
      if (missing.length > 0) {
        trouble(`${name}: ${missing.length} trades did not come by the socket, and were fetched`);
      }
      return lane.prove(last - OVERLAP);
    }
    trouble(`${name}: trades do not come by the socket`);
    this.end("the socket is open and brings no trades");
  }

  /** The market that was not heard of for longest; while all are silent, the newest in turn with it. */
  private next(): FeedMarket {
    const { markets } = this, newest = (market: FeedMarket) => market.lane.newest?.timestamp ?? 0;
    const proven = (market: FeedMarket) => this.proven.get(market) ?? -1;
    const isSilent = this.since(this.seenAt) >= this.place.settings.probeAfter;
    if (isSilent && this.turn++ % 2) return markets.reduce((a, b) => newest(b) > newest(a) ? b : a);
    const market = markets.reduce((a, b) => proven(b) < proven(a) ? b : a);
    // Whatever comes of it, the others come first next time.
    this.proven.set(market, this.looks);
    return market;
  }
}
