import { type Instrument, instrumentKey } from "../market/trade.ts";
import type { CollectedMarket } from "./collected_market.ts";

/** The markets that are collected from one feed. */
export class CollectedMarkets {
  private readonly markets = new Map<string, CollectedMarket>();
  private readonly exchanges = new Map<string, CollectedMarket[]>();

  add(market: CollectedMarket): void {
    this.markets.set(instrumentKey(market.instrument), market);
    this.exchanges.getOrInsert(market.instrument.exchange, []).push(market);
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

  /** The markets of each exchange. */
  get byExchange(): ReadonlyMap<string, readonly CollectedMarket[]> {
    return this.exchanges;
  }
}
