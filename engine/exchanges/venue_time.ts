import type { Clock } from "../ports/clock.ts";
import type { CcxtExchange } from "./ccxt_exchange.ts";
import { messageOf } from "./patiently.ts";
import { VenueClock } from "./venue_clock.ts";

/** How often the exchange is asked for its time, and after an answer that failed, in milliseconds. */
const MEASURED = 60_000, AGAIN = 5_000;

/** How often it is looked whether the machine's clock was set, in milliseconds. */
const LOOK = 1_000;

/** By more than this nobody's clock drifts in a second: it was set, or the machine slept. */
const JUMP = 1_000;

/**
 * The time of a venue, for everything that listens to it: measured, and carried on by a clock that
 * nobody sets. When the machine's own clock jumps, the venue is asked anew; what it showed is not believed.
 */
export class VenueTime {
  private readonly venue = new VenueClock();
  /** How far the machine's time was ahead of the clock that nobody sets. */
  private difference: number;
  private jumps = 0;
  private askAt = -Infinity;

  constructor(private readonly clock: Clock, private readonly trouble: (text: string) => void) {
    this.difference = clock.now() - clock.monotonic();
  }

  /** A moment of now, for the functions below. */
  get moment(): number {
    return this.clock.monotonic();
  }

  /** UTC milliseconds by the venue's clock, never later than it is; -Infinity while nothing is known. */
  get now(): number {
    return this.venue.at(this.moment);
  }

  /** The same, or the machine's own time while nothing is known. */
  get likely(): number {
    const { now } = this;
    return now === -Infinity ? this.clock.now() : now;
  }

  /** The latest timestamp that can be right now. */
  get latest(): number {
    this.look();
    return this.venue.latest(this.moment, this.clock.now());
  }

  /**
   * Learns from a trade that comes now; gives the venue's time, which is not before the trade's unless
   * that cannot be right.
   */
  learn(timestamp: number): number {
    const { moment } = this, isRight = this.venue.learn(timestamp, moment, this.clock.now());
    const time = this.venue.at(moment);
    return isRight ? Math.max(time, timestamp) : time;
  }

  /** Keeps the time measured until `signal` aborts. */
  async keep(exchange: CcxtExchange, signal: AbortSignal): Promise<void> {
    let asking = false;
    while (!signal.aborted) {
      this.look();
      if (!asking && this.moment >= this.askAt) {
        asking = true;
        this.ask(exchange).then(() => asking = false);
      }
      await this.clock.sleep(LOOK, signal);
    }
  }

  /** Asks the venue for its time. Throws what ccxt throws. */
  async measure(exchange: CcxtExchange): Promise<void> {
    if (exchange.has.fetchTime !== true) return;
    this.look();
    const { jumps, moment: asked } = this, told = await exchange.fetchTime();
    this.look();
    // Of a clock that may have stood still meanwhile nobody knows when that was.
    if (jumps !== this.jumps || typeof told !== "number" || !Number.isFinite(told)) return;
    this.venue.tell(told, asked, this.moment);
    this.askAt = asked + MEASURED;
  }

  private async ask(exchange: CcxtExchange): Promise<void> {
    this.askAt = this.moment + AGAIN;
    try {
      await this.measure(exchange);
    } catch (error) {
      this.trouble(`${exchange.id} does not tell its time: ${messageOf(error)}`);
    }
  }

  /** Notices that the machine's clock was set, or that the machine slept. */
  private look(): void {
    const difference = this.clock.now() - this.clock.monotonic(), by = difference - this.difference;
    if (Math.abs(by) <= JUMP) return;
    this.jumps++;
    this.difference = difference;
    this.askAt = -Infinity;
    this.venue.doubt();
    const seconds = Math.round(by / 1_000);
    this.trouble(
      `This machine's clock was set by ${seconds} s, or it slept: the time is measured anew`,
    );
  }
}
