import type { TapeRow } from "../market/tape.ts";
import type { FeedEvent } from "../ports/feed.ts";
import { VenueClock } from "./venue_clock.ts";

/** The clocks of a tape's exchanges, as its own tells them. */
export class TapeVenues {
  private readonly clocks = new Map<string, VenueClock>();
  private readonly reached = new Map<string, number>();

  /** A trade of the tape, with the time of its exchange when it arrived. */
  eventOf({ instrument, trade, received: at }: TapeRow): FeedEvent {
    const { exchange } = instrument, { timestamp } = trade;
    const clock = this.clocks.getOrInsertComputed(exchange, () => new VenueClock());
    const isRight = clock.learn(timestamp, at, at), time = clock.at(at);
    const received = isRight ? Math.max(time, timestamp) : time;
    this.reach(exchange, received);
    return { instrument, trade, received };
  }

  /** The exchanges' times when it is `now` on the tape; they never go back. */
  timesAt(now: number): ReadonlyMap<string, number> {
    for (const [exchange, clock] of this.clocks) this.reach(exchange, clock.at(now));
    return new Map(this.reached);
  }

  private reach(exchange: string, time: number): void {
    this.reached.set(exchange, Math.max(this.reached.get(exchange) ?? -Infinity, time));
  }
}
