import { messageOf } from "../market/errors.ts";
import type { MarketKey } from "../ports/store.ts";

/** What collects markets beside others. */
export interface FurtherPlace {
  /** Collects one market until `signal` aborts. */
  collect(market: MarketKey, signal: AbortSignal): Promise<void>;
  /** Told of a market that could not be collected: its bots are better off elsewhere. */
  failed(market: MarketKey, message: string): void;
  /** Aborts when everything is to stop. */
  signal: AbortSignal;
}

/**
 * Collects what a runner's bots need beside the markets that it began with: for as long as there is one
 * that does. Several runners may collect the same market; of what they store the first is what counts.
 */
export class FurtherMarkets {
  private readonly under = new Map<string, { stop: AbortController; done: Promise<void> }>();

  /** `known` are collected anyway. */
  constructor(private readonly known: readonly MarketKey[], private readonly place: FurtherPlace) {}

  /** Says which markets are needed now: all of them. */
  want(markets: readonly MarketKey[]): void {
    if (this.place.signal.aborted) return;
    const known = new Set(this.known.map(nameOf)), wanted = new Map<string, MarketKey>();
    for (const market of markets) {
      if (!known.has(nameOf(market))) wanted.set(nameOf(market), market);
    }
    for (const [name, { stop }] of this.under) if (!wanted.has(name)) stop.abort();
    for (const [name, market] of wanted) if (!this.under.has(name)) this.begin(name, market);
  }

  /** Resolves when nothing is collected any more. */
  async ended(): Promise<void> {
    await Promise.all([...this.under.values()].map(({ done }) => done));
  }

  private begin(name: string, market: MarketKey): void {
    const { collect, failed, signal } = this.place, stop = new AbortController();
    const done = collect(market, AbortSignal.any([stop.signal, signal]))
      .catch((error) => failed(market, messageOf(error)))
      .finally(() => this.under.delete(name));
    this.under.set(name, { stop, done });
  }
}

function nameOf({ exchange, symbol, timeframe }: MarketKey): string {
  return JSON.stringify([exchange, symbol, timeframe]);
}
