import type { Instrument } from "../market/trade.ts";
import type { Clock } from "../ports/clock.ts";
import type { Feed, FeedBatch, FeedEvent } from "../ports/feed.ts";
import type { CcxtExchange } from "./ccxt_exchange.ts";
import { feedMarket } from "./feed_market.ts";
import { FEED_SETTINGS, type FeedSettings } from "./feed_settings.ts";
import { Link } from "./link.ts";
import type { LinkPlace } from "./link_place.ts";
import { findMarket, openVenue, priceDecimals, type Venue } from "./open_venue.ts";
import { patiently } from "./patiently.ts";
import type { Arrival, Refusal } from "./read_trade.ts";
import { TradeQueue } from "./trade_queue.ts";
import { VenueTime } from "./venue_time.ts";
import { traitsOf } from "./venue_traits.ts";

/** A feed of a venue's trades. */
export interface CcxtFeedOptions extends Venue {
  clock: Clock;
  /** Chance from 0 to 1, for waits that differ. */
  random: () => number;
  settings?: Partial<FeedSettings>;
  watch?: CcxtFeedWatch;
}

/** What a feed tells of its work. */
export interface CcxtFeedWatch {
  /** Something came that was no trade, and was left out. */
  refused?(reason: Refusal, detail: string): void;
  /** Something is amiss, and the feed goes on. */
  trouble?(message: string): void;
}

/** A feed over ccxt, with what it has seen. */
export interface CcxtFeed extends Feed {
  /** How often what came was no trade, by reason. */
  readonly refused: Readonly<Partial<Record<Refusal, number>>>;
}

/** So many markets share a socket at most. */
const SHARED = 100;

/** At most so long without a batch, in milliseconds. */
const LONGEST_SILENCE = 500;

/**
 * The trades of a venue that ccxt knows, as they happen and none left out: what was missed while a
 * socket was down, or dropped within a stream, is fetched by REST before newer trades are passed, and
 * what cannot be had is told as lost. Trades that are none are refused and counted. A reader may be as
 * slow as it likes: when too much waits for it the socket is let go, and the rest fetched later.
 *
 * Throws an `InputError` for a venue or a symbol that does not exist; every other trouble it lives with.
 */
export function ccxtFeed(options: CcxtFeedOptions): CcxtFeed {
  const { venue, clock, random, watch = {} } = options;
  const settings = { ...FEED_SETTINGS, ...options.settings };
  const refused: Partial<Record<Refusal, number>> = {};
  const trouble = (message: string) => watch.trouble?.(message);
  const own = traitsOf(venue), traits = settings.counts ? own : { ...own, isCounted: false };
  const place = {
    ...{ traits, clock, random, settings, trouble },
    time: new VenueTime(clock, trouble),
    refused: (reason: Refusal, detail: string) => {
      refused[reason] = (refused[reason] ?? 0) + 1;
      watch.refused?.(reason, detail);
    },
  };
  let known: Promise<CcxtExchange | undefined> | undefined;
  const markets = () => {
    known ??= opened(options, place, new AbortController().signal);
    known.catch(() => known = undefined);
    return known;
  };
  return {
    refused,
    async priceDecimals({ exchange, symbol }) {
      if (exchange !== venue) return undefined;
      const opened = await markets();
      return opened && priceDecimals(opened, findMarket(opened, symbol));
    },
    async *trades(instruments, since, signal) {
      const own = instruments.filter(({ exchange }) => exchange === venue);
      if (own.length === 0 || signal.aborted) return;
      const stop = new AbortController(), either = AbortSignal.any([signal, stop.signal]);
      try {
        yield* session(options, place, own, since, either);
      } finally {
        stop.abort();
      }
    },
  };
}

type Place = Omit<LinkPlace, "exchange" | "queue">;

/** A venue with its markets; `undefined` after an abort. */
async function opened(
  venue: Venue,
  { clock, random, trouble }: Place,
  signal: AbortSignal,
): Promise<CcxtExchange | undefined> {
  const exchange = await openVenue(venue, "watchTrades");
  const patience = { clock, random, signal, trouble };
  const loaded = await patiently(exchange, () => exchange.loadMarkets(), patience);
  return loaded === undefined ? undefined : exchange;
}

async function* session(
  venue: Venue,
  place: Place,
  instruments: readonly Instrument[],
  since: (instrument: Instrument) => number | undefined,
  signal: AbortSignal,
): AsyncGenerator<FeedBatch> {
  const { settings, clock, time } = place,
    queue = new TradeQueue(settings.queue),
    links: Link[] = [];
  const froms = instruments.map((one) => since(one) ?? Infinity);
  // What is wanted from before now was not observed yet.
  const wanted = Math.min(...froms), begun = wanted === Infinity ? -Infinity : wanted;
  let failure: { error: unknown } | undefined;
  const failed = new AbortController(), either = AbortSignal.any([signal, failed.signal]);
  const running = run().catch((error) => {
    failure = { error };
    failed.abort();
  });
  const observed = () => {
    let through = links.length === 0 ? begun : Infinity;
    for (const link of links) through = Math.min(through, link.observed);
    return through;
  };
  const eventOf = (instrument: Instrument, { trade, received }: Arrival): FeedEvent => {
    const through = observed();
    return through < received
      ? { instrument, trade, received, observed: through }
      : { instrument, trade, received };
  };
  try {
    yield* batches(queue, observed, clock, either);
  } finally {
    failed.abort();
    await running;
  }
  if (failure && !signal.aborted) throw failure.error;

  async function run(): Promise<void> {
    const work: Promise<void>[] = [];
    for (let at = 0; at < instruments.length && !either.aborted; at += SHARED) {
      const exchange = await opened(venue, place, either);
      if (!exchange) return;
      if (at === 0) {
        await time.measure(exchange).catch(() => {});
        work.push(time.keep(exchange, either));
      }
      const markets = instruments.slice(at, at + SHARED).map((instrument) => {
        findMarket(exchange, instrument.symbol);
        const { traits } = place, { backfill } = settings;
        return feedMarket({
          ...{ instrument, traits, time, since: since(instrument), backfill },
          output: {
            pass: (arrival) => queue.push(eventOf(instrument, arrival)),
            lost: (from, to, reason) => queue.pushLost({ instrument, from, to, reason }),
            found: (from, to) => queue.pushFound({ instrument, from, to }),
          },
        });
      });
      links.push(new Link(markets, { ...place, exchange, queue }, begun));
    }
    for (const link of links) work.push(link.run(either));
    await Promise.all(work);
  }
}

async function* batches(
  queue: TradeQueue,
  observed: () => number,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<FeedBatch> {
  let now = observed();
  while (!signal.aborted) {
    const { events, lost, found } = queue.take() ?? { events: [], lost: [], found: [] };
    // What is still in the queue has come already, so that time cannot have come as far.
    if (queue.isEmpty) now = Math.max(now, observed());
    yield {
      ...{ events, now },
      ...(lost.length > 0 && { lost }),
      ...(found.length > 0 && { found }),
    };
    if (signal.aborted) return;
    if (queue.isEmpty) await next(queue, clock, signal);
  }
}

async function next(queue: TradeQueue, clock: Clock, signal: AbortSignal): Promise<void> {
  const waited = new AbortController(), either = AbortSignal.any([signal, waited.signal]);
  await Promise.race([queue.filled(either), clock.sleep(LONGEST_SILENCE, either)]);
  waited.abort();
}
