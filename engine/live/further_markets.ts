import { messageOf } from "../market/errors.ts";
import { instrumentKey } from "../market/trade.ts";
import type { MarketKey } from "../ports/store.ts";
import { GrowingCollection, type GrowingPlace, nameOf } from "./growing_collection.ts";

/** What collects markets beside others. */
export interface FurtherPlace extends GrowingPlace {
  /** Told of an instrument's markets that could not be collected: its bots are better off elsewhere. */
  failed(market: MarketKey, message: string): void;
}

/**
 * Collects what a runner's bots need beside the markets that it began with: for as long as there is one
 * that does. All timeframes of an instrument come from one collection, as its shortest candles are what
 * the longer ones are made of; one of an instrument that is collected anyway joins that. Each other
 * instrument has its own, so that one that its exchange refuses is no trouble to the others. Several
 * runners may collect the same market; of what they store the first is what counts.
 */
export class FurtherMarkets {
  private readonly under = new Map<string, { stop: AbortController; all: GrowingCollection }>();
  private readonly ending = new Set<Promise<void>>();
  private own: GrowingCollection | undefined;
  /** What is collected anyway, and what joined it. */
  private joined: readonly MarketKey[];

  /** `known` are collected anyway, once `begin` is called. */
  constructor(private readonly known: readonly MarketKey[], private readonly place: FurtherPlace) {
    this.joined = known;
  }

  /** Collects what it knows, until everything is to stop. Throws what collecting throws. */
  async begin(): Promise<void> {
    if (this.known.length === 0) return;
    this.own = new GrowingCollection(this.joined, this.place);
    await this.own.done;
  }

  /** Says which markets are needed now: all of them. */
  want(markets: readonly MarketKey[]): void {
    if (this.place.signal.aborted) return;
    const own = new Set(this.known.map(instrumentKey));
    const all = distinct([...this.known, ...markets]);
    this.joined = all.filter((market) => own.has(instrumentKey(market)));
    this.own?.want(this.joined);
    const wanted = Map.groupBy(all.filter((one) => !own.has(instrumentKey(one))), instrumentKey);
    for (const [name, { stop }] of this.under) if (!wanted.has(name)) stop.abort();
    for (const [name, group] of wanted) {
      const one = this.under.get(name);
      if (!one) this.add(name, group);
      else if (!one.stop.signal.aborted) one.all.want(group);
    }
  }

  /** Resolves when nothing is collected any more. */
  async ended(): Promise<void> {
    await Promise.all(this.ending);
  }

  private add(name: string, group: readonly MarketKey[]): void {
    const { failed, signal } = this.place, stop = new AbortController();
    const place = { ...this.place, signal: AbortSignal.any([stop.signal, signal]) };
    const all = new GrowingCollection(group, place);
    this.under.set(name, { stop, all });
    const end = all.done.catch((error) => failed(group[0], messageOf(error))).finally(() => {
      this.under.delete(name);
      this.ending.delete(end);
    });
    this.ending.add(end);
  }
}

function distinct(markets: readonly MarketKey[]): MarketKey[] {
  return [...new Map(markets.map((market) => [nameOf(market), market])).values()];
}
