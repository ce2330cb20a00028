import { type Instrument, instrumentKey, type Trade } from "../../market/trade.ts";
import type { FoundSpan, LostSpan } from "../../ports/feed.ts";
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

  /** The exchange's time from which on an instrument's trades are needed; `undefined` if any will do. */
  since(instrument: Instrument): number | undefined {
    return this.of(instrument)?.since;
  }

  /** Gives a trade to its market, if it is collected. */
  take(instrument: Instrument, trade: Trade): void {
    const market = this.of(instrument);
    if (!market) return;
    market.take(trade);
    // Its candle may be over sooner than it was: it has its first one.
    const venue = this.venues.get(instrument.exchange)!;
    venue.due = Math.min(venue.due, market.due);
  }

  lose(span: LostSpan): void {
    this.of(span.instrument)?.lose(span);
  }

  find(found: FoundSpan): void {
    this.of(found.instrument)?.find(found);
  }

  private of(instrument: Instrument): CollectedMarket | undefined {
    return this.markets.get(instrumentKey(instrument));
  }

  get instruments(): Instrument[] {
    return [...this.markets.values()].map(({ instrument }) => instrument);
  }

  get exchanges(): Iterable<string> {
    return this.venues.keys();
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

  /** Hands what was made to the outbox, but for what waits for a hole to be filled. */
  settle(): void {
    for (const market of this.markets.values()) market.settle();
  }

  /** How many trades, mostly, wait for holes to be filled. */
  get waiting(): number {
    let sum = 0;
    for (const { waiting } of this.markets.values()) sum += waiting;
    return sum;
  }

  /** The markets that have a hole to be filled: each resolves when that is done. */
  get filling(): Promise<void>[] {
    return [...this.markets.values()].flatMap(({ settled }) => settled ?? []);
  }
}
