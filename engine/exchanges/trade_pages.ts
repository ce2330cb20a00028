import type { CcxtExchange, CcxtTrade } from "./ccxt_exchange.ts";
import { type Patience, patiently } from "./patiently.ts";
import { type Arrival, readTrade, type Refusal, type TradeTerms } from "./read_trade.ts";
import type { IdNumber } from "./trade_ids.ts";
import type { VenueTime } from "./venue_time.ts";
import type { VenueTraits } from "./venue_traits.ts";

/** Past trades of one instrument, page by page. */
export interface TradePages {
  /** Ids on a page, or trades where they are asked for by time. */
  size: number;
  /** Whether pages can be asked for by id. */
  isById: boolean;
  /** Whether pages by time that are full were cut at their new end. */
  oldestFirst: boolean;
  /** Bounds in time are whole multiples of so many milliseconds. */
  step: number;
  /** The trades numbered from `from` on, in order, or the newest; `undefined` after an abort. */
  byId(from: IdNumber | undefined): Promise<Arrival[] | undefined>;
  /** The trades with since ≤ timestamp ≤ until, in order of time, or the newest. */
  byTime(since: number | undefined, until: number | undefined): Promise<Arrival[] | undefined>;
}

/** What reading a page needs to know. */
export interface PageReading {
  exchange: CcxtExchange;
  traits: VenueTraits;
  symbol: string;
  time: VenueTime;
  patience: Patience;
  terms(): TradeTerms;
  refused(reason: Refusal, detail: string): void;
}

/** Past trades by REST, read as strictly as those of the stream. */
export function tradePages(reading: PageReading): TradePages {
  const { exchange, traits, symbol, patience } = reading, { byId, byTime } = traits;
  const page = async (ask: () => Promise<readonly CcxtTrade[]>) => {
    const raw = await patiently(exchange, ask, patience);
    return raw && arrivals(raw, reading);
  };
  return {
    size: (byId ?? byTime).size,
    isById: byId !== undefined,
    oldestFirst: byTime.oldestFirst ?? false,
    step: byTime.step ?? 1,
    byId: (from) => page(() => byId!.fetch(exchange, symbol, from)),
    byTime: (since, until) => page(() => byTime.fetch(exchange, symbol, since, until)),
  };
}

function arrivals(raw: readonly CcxtTrade[], reading: PageReading): Arrival[] {
  const { traits, time, refused } = reading, terms = reading.terms(), { now } = time;
  const read: Arrival[] = [];
  for (const one of Array.isArray(raw) ? raw as readonly CcxtTrade[] : []) {
    const trade = readTrade(one ?? {}, terms);
    if (typeof trade === "string") refused(trade, "in a page of past trades");
    else {
      const received = Math.max(now, trade.timestamp);
      read.push({ trade, fills: traits.fills?.(one.info) ?? 1, received });
    }
  }
  return read.sort((a, b) => a.trade.timestamp - b.trade.timestamp || byIdText(a, b));
}

/** Numbers of the same length sort as texts do. */
function byIdText({ trade: { id: a } }: Arrival, { trade: { id: b } }: Arrival): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
