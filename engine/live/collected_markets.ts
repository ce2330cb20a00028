import { type Instrument, instrumentKey } from "../market/trade.ts";
import type { CollectedMarket } from "./collected_market.ts";

/** The markets of one exchange. */
interface Venue {
  all: CollectedMarket[];
  /** When the first of their candles is over; no later than that, at least. */
  due: number;
}

/** The markets that are collected from one feed. */
export class CollectedMarkets {
  private readonly markets = new Map<string, CollectedMarket>();
  private readonly venues = new Map<string, Venue>();

  add(market: CollectedMarket): void {
    this.markets.set(instrumentKey(market.instrument), market);
    const { exchange } = market.instrument;
    this.venues.getOrInsertComputed(exchange, () => ({ all: [], due: 0 })).all.push(market);
  }

  of(instrument: Instrument): CollectedMarket | undefined {
    return this.markets.get(instrumentKey(instrument));
  }

  get all(): Iterable<CollectedMarket> {
    return this.markets.values();
  }

  get instruments(): Instrument[] {
    return [...this.markets.values()].map(({ instrument }) => instrument);
  }

  get exchanges(): Iterable<string> {
    return this.venues.keys();
  }

  /** Takes note that a market's candle may be over sooner than it was: it has its first one. */
  begun({ instrument, due }: CollectedMarket): void {
    const venue = this.venues.get(instrument.exchange)!;
    venue.due = Math.min(venue.due, due);
  }

  /** Closes what is over when it is `time` on an exchange. */
  advance(exchange: string, time: number): void {
    const venue = this.venues.get(exchange)!;
    // With every trade it is asked, and hardly ever is one over.
    if (time < venue.due) return;
    venue.due = Infinity;
    for (const market of venue.all) {
      if (time >= market.due) market.advance(time);
      venue.due = Math.min(venue.due, market.due);
    }
  }
}
