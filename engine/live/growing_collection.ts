import type { Clock } from "../ports/clock.ts";
import type { MarketKey } from "../ports/store.ts";
import { UnreachableError } from "../ports/store_errors.ts";
import type { Tell } from "../ports/tell.ts";

/** What collects for one. */
export interface GrowingPlace {
  /** Collects these markets until `signal` aborts, from behind what is stored. */
  collect(markets: readonly MarketKey[], signal: AbortSignal): Promise<void>;
  clock: Clock;
  tell: Tell;
  /** Aborts when it is to stop. */
  signal: AbortSignal;
}

/** Before a database that was away is tried again, in milliseconds. */
const AGAIN = 1_000;

/**
 * A collection that markets may join: it begins anew with them, behind what is stored, so that what came
 * meanwhile is fetched as after a restart. What is not needed any more is left out when it next does.
 */
export class GrowingCollection {
  /** Resolves when nothing is collected any more; throws what `collect` throws. */
  readonly done: Promise<void>;
  private again = new AbortController();
  private collected: readonly MarketKey[] = [];

  constructor(private wanted: readonly MarketKey[], private readonly place: GrowingPlace) {
    this.done = this.run();
  }

  /** Says which markets are needed now: all of them. */
  want(markets: readonly MarketKey[]): void {
    this.wanted = markets;
    const names = new Set(this.collected.map(nameOf));
    if (!markets.every((market) => names.has(nameOf(market)))) this.again.abort();
  }

  private async run(): Promise<void> {
    const { place: { collect, clock, tell, signal } } = this;
    for (;;) {
      this.again = new AbortController();
      this.collected = this.wanted;
      try {
        await collect(this.collected, AbortSignal.any([this.again.signal, signal]));
        if (!this.again.signal.aborted || signal.aborted) return;
      } catch (error) {
        // A database that is away says nothing about the markets.
        if (signal.aborted || !(error instanceof UnreachableError)) throw error;
        tell(error.message, { level: "warning" });
        await clock.sleep(AGAIN, signal);
        if (signal.aborted) return;
      }
    }
  }
}

/** What tells markets apart. */
export function nameOf({ exchange, symbol, timeframe }: MarketKey): string {
  return JSON.stringify([exchange, symbol, timeframe]);
}
