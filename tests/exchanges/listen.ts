import { seededRandom } from "../../data/random.ts";
import { type CcxtFeed, ccxtFeed } from "../../engine/exchanges/ccxt_feed.ts";
import type { FeedSettings } from "../../engine/exchanges/feed_settings.ts";
import type { TapeRow } from "../../engine/market/tape.ts";
import { type Instrument, instrumentKey } from "../../engine/market/trade.ts";
import type { FeedBatch, FeedEvent, FoundSpan, LostSpan } from "../../engine/ports/feed.ts";
import type { DialectName } from "../support/fake_exchange/dialect.ts";
import {
  type FakeExchange,
  type FakeExchangeOptions,
  startFakeExchange,
} from "../support/fake_exchange/fake_exchange.ts";
import type { ServedTrade } from "../support/fake_exchange/tape_publisher.ts";
import { quickClock } from "./quick_clock.ts";
import { surelyHere } from "./surely_here.ts";

/** How a feed listens to a fake exchange. */
export interface Listening {
  dialect: DialectName;
  rows: readonly TapeRow[];
  exchange?: Partial<FakeExchangeOptions>;
  settings?: Partial<FeedSettings>;
  since?: (instrument: Instrument) => number | undefined;
  seed?: number;
  /** How many times faster than real time everything that waits does so. */
  haste?: number;
  ccxt?: Readonly<Record<string, unknown>>;
  /** Called with each batch before it is kept. */
  onBatch?: (batch: FeedBatch, exchange: FakeExchange) => void | Promise<void>;
  /** Called when the exchange runs and before anything is listened to. */
  before?: (exchange: FakeExchange) => void | Promise<void>;
  /** Whether to go on when the tape is over and everything until then was observed. */
  goesOn?: (heard: Heard) => boolean;
}

/** What was heard. */
export interface Heard {
  events: FeedEvent[];
  lost: LostSpan[];
  found: FoundSpan[];
  batches: number;
  /** Times at which the feed said that it had seen all, and had not. */
  early: ServedTrade[];
  refused: CcxtFeed["refused"];
  troubles: string[];
  exchange: FakeExchange;
}

/** The tape is over for so long before nothing more is waited for, in real milliseconds. */
const SLACK = 120;

/** A request that hangs is given up after so long: on a slow machine, too, others are answered by then. */
const TIMEOUT = 2_000;

/** The key of a trade in sets. */
const key = (symbol: string, id: string) => `${symbol} ${id}`;

/** Listens to a tape until it is over and the feed says that it has observed all of it. */
export async function listen(listening: Listening): Promise<Heard> {
  const { dialect, rows, haste = 40 } = listening;
  const symbols = [...new Set(rows.map(({ instrument }) => instrument.symbol))];
  const exchange = await startFakeExchange({
    ...{ dialect, trades: rows, instruments: symbols.map((symbol) => ({ symbol })) },
    ...{ rateLimits: false, ...listening.exchange },
  });
  const stop = new AbortController(), troubles: string[] = [];
  try {
    await listening.before?.(exchange);
    const feed = ccxtFeed({
      venue: dialect,
      options: { urls: exchange.urls, enableRateLimit: false, timeout: TIMEOUT, ...listening.ccxt },
      clock: quickClock(() => exchange.localNow(), haste),
      random: seededRandom(listening.seed ?? 1),
      settings: listening.settings,
      watch: { trouble: (message) => troubles.push(message) },
    });
    const { refused } = feed;
    const heard: Heard = {
      ...{ events: [], lost: [], found: [], batches: 0, early: [], refused, troubles, exchange },
    };
    let end = Infinity;
    const { pace } = { pace: 1, ...listening.exchange }, slack = SLACK * Number(pace);
    exchange.finished.then(() => end = exchange.now() + slack);
    const instruments = symbols.map((symbol) => ({ exchange: dialect, symbol }));
    const check = observation(heard);
    for await (
      const batch of feed.trades(instruments, listening.since ?? (() => undefined), stop.signal)
    ) {
      await listening.onBatch?.(batch, exchange);
      heard.batches++;
      for (const event of batch.events) heard.events.push(event);
      heard.lost.push(...batch.lost ?? []);
      heard.found.push(...batch.found ?? []);
      check(batch);
      if (batch.now >= end && !listening.goesOn?.(heard)) stop.abort();
    }
    return heard;
  } finally {
    stop.abort();
    await exchange.stop();
  }
}

/**
 * Holds the feed to its word: what was public before `now`, and after the first trade that it gave, was
 * given.
 */
function observation(heard: Heard): (batch: FeedBatch) => void {
  const { served } = heard.exchange, here = surelyHere(heard.exchange), given = new Set<string>();
  let at = 0;
  const begun = new Set<string>();
  return (batch) => {
    for (const { instrument, trade } of batch.events) given.add(key(instrument.symbol, trade.id));
    for (; at < served.length && here(served[at].at) < batch.now; at++) {
      const { symbol, trade, push } = served[at];
      if (given.has(key(symbol, push.id)) || given.has(key(symbol, trade.id))) begun.add(symbol);
      else if (begun.has(symbol)) heard.early.push(served[at]);
    }
  };
}

/** Served trades of which neither the push nor the fill was heard. */
export function unheard({ events, exchange }: Heard): ServedTrade[] {
  const ids = new Set(events.map(({ instrument, trade }) => key(instrument.symbol, trade.id)));
  return exchange.served.filter(({ symbol, trade, push }) => {
    return !ids.has(key(symbol, trade.id)) && !ids.has(key(symbol, push.id));
  });
}

/** What was told as lost, and not as found again. */
export function missing({ lost, found }: Heard): LostSpan[] {
  const again = [...found];
  return lost.filter(({ instrument, from, to }) => {
    const at = again.findIndex((one) => {
      return one.instrument.symbol === instrument.symbol && one.from === from && one.to === to;
    });
    if (at >= 0) again.splice(at, 1);
    return at < 0;
  });
}

/** Heard trades that are none of those that were served. */
export function made({ events, exchange }: Heard): FeedEvent[] {
  const trades = new Map(
    exchange.served.map(({ symbol, trade }) => [key(symbol, trade.id), trade]),
  );
  return events.filter(({ instrument, trade }) => {
    const { id, timestamp, price, side } = trade, its = trades.get(key(instrument.symbol, id));
    return its?.timestamp !== timestamp || its.price !== price || its.side !== side;
  });
}

/** The amount of each instrument that was heard, each id once, in units of 10^-8. */
export function heardAmounts({ events }: Heard): Map<string, number> {
  const seen = new Set<string>(), sums = new Map<string, number>();
  for (const { instrument, trade } of events) {
    const one = `${instrumentKey(instrument)} ${trade.id}`;
    if (seen.has(one)) continue;
    seen.add(one);
    add(sums, instrument.symbol, trade.amount);
  }
  return sums;
}

/** The amount of each instrument that was served. */
export function servedAmounts({ exchange }: Heard): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { symbol, trade } of exchange.served) add(sums, symbol, trade.amount);
  return sums;
}

function add(sums: Map<string, number>, symbol: string, amount: number): void {
  sums.set(symbol, (sums.get(symbol) ?? 0) + Math.round(amount * 1e8));
}
