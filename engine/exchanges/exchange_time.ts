import type { Clock } from "../ports/clock.ts";
import type { CcxtExchange } from "./ccxt_exchange.ts";

/** A trade this far ahead of the exchange's clock has a wrong time, in milliseconds. */
const FAR_AHEAD = 60_000;

/** So many in a row are right, and it is our clock that was set back. */
const AGREEING = 20;

/**
 * An exchange's clock as we know it: ours plus an offset, which the exchange tells if it is asked for
 * its time, and the fastest trade tells as well.
 */
export class ExchangeTime {
  private offset: number | undefined;
  private ahead = 0;

  constructor(private readonly exchange: CcxtExchange, private readonly clock: Clock) {}

  /** UTC milliseconds; our own clock's while the exchange was not asked. */
  get now(): number {
    return this.clock.now() + (this.offset ?? 0);
  }

  /** Asks the exchange for its time; right to half of the answer's round trip. */
  async measure(): Promise<void> {
    if (!this.exchange.has.fetchTime) return;
    const asked = this.clock.now(), told = await this.exchange.fetchTime();
    if (typeof told !== "number" || !Number.isFinite(told)) return;
    this.offset = told - (asked + this.clock.now()) / 2;
  }

  /** The latest timestamp that can be right. */
  get latest(): number {
    return this.now + FAR_AHEAD;
  }

  /** Learns from a trade that has come. */
  learn(timestamp: number, received: number): void {
    this.ahead = 0;
    if (timestamp - received > (this.offset ?? 0)) this.offset = timestamp - received;
  }

  /** Learns from one that seemed to be ahead: many in a row cannot all be wrong. */
  learnAhead(timestamp: number, received: number): void {
    if (++this.ahead >= AGREEING) this.learn(timestamp, received);
  }
}
