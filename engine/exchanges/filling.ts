import type { FeedMarket } from "./feed_market.ts";
import type { FillTools } from "./fill_tools.ts";
import type { LinkPlace } from "./link_place.ts";
import { messageOf } from "./patiently.ts";
import { tradePages } from "./trade_pages.ts";

/** Fetches what the markets of a connection are missing, for as long as it lasts. */
export class Filling {
  private readonly running = new Map<FeedMarket, Promise<void>>();

  constructor(private readonly place: LinkPlace, private readonly signal: AbortSignal) {}

  /** Fetches what a market is missing, unless that is being done. */
  begin(market: FeedMarket): void {
    if (this.running.has(market) || this.signal.aborted) return;
    const run = this.fill(market).finally(() => {
      this.running.delete(market);
      if (!market.lane.isComplete) this.begin(market);
    });
    this.running.set(market, run);
  }

  get isBusy(): boolean {
    return this.running.size > 0;
  }

  /** Resolves when nothing is being fetched any more. */
  async done(): Promise<void> {
    await Promise.all(this.running.values());
  }

  private async fill(market: FeedMarket): Promise<void> {
    const { clock, settings, trouble, exchange } = this.place, { signal } = this;
    // Trades that were overtaken come by themselves.
    await clock.sleep(settings.settle, signal);
    if (signal.aborted || market.lane.isComplete) return;
    try {
      await market.fill(fillTools(market, this.place, signal));
    } catch (error) {
      trouble(`${exchange.id} ${market.instrument.symbol}: ${messageOf(error)}`);
      await clock.sleep(settings.reconnect.first, signal);
      if (!signal.aborted) market.giveUp(messageOf(error));
    }
  }
}

/** What fetching trades of a market needs, until `signal` aborts. */
export function fillTools(
  market: FeedMarket,
  place: LinkPlace,
  signal: AbortSignal,
): FillTools {
  const { exchange, traits, time, clock, random, settings, queue, trouble, refused } = place;
  const patience = { clock, random, signal, trouble }, { symbol } = market.instrument;
  const pages = tradePages({
    ...{ exchange, traits, symbol, time, patience, refused },
    terms: () => market.terms(),
  });
  const { mostPages, tries } = settings, mostHeld = settings.queue / 4;
  const room = () => queue.room(signal);
  return { pages, patience, signal, mostHeld, mostPages, tries, room };
}
