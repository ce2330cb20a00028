import { ccxtFeed } from "../../engine/exchanges/ccxt_feed.ts";
import type { FeedSettings } from "../../engine/exchanges/feed_settings.ts";
import { Collector } from "../../engine/live/collector/collector.ts";
import type { CollectorStats } from "../../engine/live/collector/collector_stats.ts";
import { systemClock } from "../../engine/live/system_clock.ts";
import type { TapeRow } from "../../engine/market/tape.ts";
import { type Instrument, instrumentKey } from "../../engine/market/trade.ts";
import type { Bus } from "../../engine/ports/bus.ts";
import type { Clock } from "../../engine/ports/clock.ts";
import type { Feed } from "../../engine/ports/feed.ts";
import type { MarketKey, Store } from "../../engine/ports/store.ts";
import { seededRandom } from "../../data/random.ts";
import { type FakeExchange, startFakeExchange } from "../support/fake_exchange/fake_exchange.ts";
import type { DialectName } from "../support/fake_exchange/dialect.ts";
import type { FaultPlan } from "../support/fake_exchange/fault_plan.ts";
import { type Compared, compareStored, TIMEFRAMES } from "./compare_stored.ts";
import { NaiveDecisions } from "./naive_decisions.ts";

/** A tape that goes through exchange, ccxt and collector into a store. */
export interface TapeRunOptions {
  seed: number;
  dialect: DialectName;
  rows: readonly TapeRow[];
  /** So many times faster than it was. */
  pace: number;
  store: Store;
  bus?: Bus;
  /** What goes wrong at the exchange. */
  faults?: FaultPlan;
  settings?: Partial<FeedSettings>;
  /** See `CollectingOptions`. */
  mostRows?: number;
  /** Told what happens. */
  tell?: (message: string) => void;
  /** Told now and then how much of the tape was served, from 0 to 1. */
  progress?: (share: number) => void;
  /** The run ends with an error when it aborts, and whatever was begun is put away. */
  signal?: AbortSignal;
}

/** What came of it. */
export interface TapeRun extends Compared {
  stats: CollectorStats;
  /** When everything was stored that had come through some time, by the clocks of exchange and machine. */
  seen: { at: number; real: number; through: number }[];
  /** Whether it had to be given up. */
  stuck: boolean;
}

/** The exchange's clock waits for a machine that is slower than that, in real milliseconds. */
const LONGEST_TICK = 20;

/** What REST tells beside the stream is seen so long after it at most: real, and on the exchange. */
const REST = 400, COMPARED = 20_000;

/** So long it is waited for what the exchange, busy or broken, told nobody yet: as long as it would be late. */
const HEALING = 240_000;

/** A run that gets no further for so long is stuck, in real milliseconds. */
const PATIENCE = 60_000;

/**
 * So long may a trade be under way on this machine and be in time, in real milliseconds: on the exchange
 * that is as many times as much as its clock is faster.
 */
const LATENESS = 100;

/** Runs a tape, with `meanwhile` beside it, and compares what is stored when both are through. */
export async function tapeRun(
  options: TapeRunOptions,
  meanwhile: (exchange: FakeExchange) => Promise<void> = () => Promise.resolve(),
): Promise<TapeRun> {
  const { dialect, rows, pace, store, faults, mostRows } = options,
    instruments = instrumentsOf(rows);
  const exchange = await startFakeExchange({
    ...{ dialect, instruments, trades: rows, pace, faults, rateLimits: false },
    longestTick: LONGEST_TICK,
  });
  const seen: TapeRun["seen"] = [], stop = new AbortController(), grace = LATENESS * pace;
  const decisions = new NaiveDecisions(grace);
  const collector = collectorOf(options, exchange, seen, decisions);
  const keys = instruments.flatMap(({ symbol }) =>
    TIMEFRAMES.map((timeframe): MarketKey => ({ exchange: dialect, symbol, timeframe }))
  );
  try {
    const how = { rawTrades: true, mostRows, grace };
    const collecting = collector.startCollection(keys, stop.signal, how);
    const run = isStuck(exchange, collector.stats, seen, collecting, options);
    // What goes on meanwhile is not left behind: it may be starting a server.
    const ends = await Promise.allSettled([run, meanwhile(exchange)]);
    stop.abort();
    await collecting;
    for (const end of ends) if (end.status === "rejected") throw end.reason;
    const stuck = await run;
    const compared = await compareStored(
      exchange,
      store,
      dialect,
      instruments,
      decisions,
      options.tell,
    );
    return { ...compared, stats: collector.stats, seen, stuck };
  } finally {
    stop.abort();
    await exchange.stop();
  }
}

/** A collector by the exchange's time, which notes in `seen` how far it is. */
function collectorOf(
  { seed, dialect, pace, store, bus = deaf, settings, tell = () => {} }: TapeRunOptions,
  exchange: FakeExchange,
  seen: TapeRun["seen"],
  decisions: NaiveDecisions,
): Collector {
  const clock: Clock = {
    now: () => exchange.localNow(),
    monotonic: () => exchange.now(),
    sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / pace, signal),
  };
  const feed = ccxtFeed({
    ...{ venue: dialect, clock, random: seededRandom(seed + 1), settings },
    // ccxt's own waits between requests are in real time, which passes much too slowly here.
    options: { urls: exchange.urls, apiKey: "none", enableRateLimit: false },
    watch: { trouble: tell },
  });
  const progress = (through: number) => {
    seen.push({ at: exchange.now(), real: performance.now(), through });
  };
  const watch = { trouble: tell, refused: tell, progress };
  // The database takes its time, however fast the exchange's passes.
  const own: Clock = { ...clock, sleep: systemClock.sleep };
  const collector = new Collector({ store, clock: own, bus, watch });
  collector.registerProvider(dialect, { feed: watched(feed, decisions) });
  return collector;
}

/** A feed of which is told what it gives. */
function watched(feed: Feed, decisions: NaiveDecisions): Feed {
  return {
    priceDecimals: (instrument) => feed.priceDecimals(instrument),
    async *trades(...wanted) {
      for await (const batch of feed.trades(...wanted)) {
        decisions.take(batch);
        yield batch;
      }
    },
  };
}

const deaf = {
  publish: () => Promise.resolve(),
  subscribe: () => Promise.resolve(() => Promise.resolve()),
  close: () => Promise.resolve(),
};

/** The tape's instruments as spot markets, each with a name of its own. */
function instrumentsOf(rows: readonly TapeRow[]): { symbol: string; tape: Instrument }[] {
  const tapes = new Map(rows.map(({ instrument }) => [instrumentKey(instrument), instrument]));
  return [...tapes.values()].map((tape, i) => ({ symbol: `COIN${i}/USDT`, tape }));
}

/** Waits until everything that the tape holds was observed. Returns whether that came to a halt. */
async function isStuck(
  exchange: FakeExchange,
  stats: CollectorStats,
  seen: readonly { through: number }[],
  collecting: Promise<void>,
  { rows, pace, progress = () => {}, signal }: TapeRunOptions,
): Promise<boolean> {
  const start = rows[0].trade.timestamp, span = rows[rows.length - 1].trade.timestamp - start;
  let end = Infinity, hasEnded = false, got = -1, gotAt = performance.now();
  exchange.finished.then(() => end = exchange.now() + (LATENESS + REST) * pace + COMPARED);
  collecting.finally(() => hasEnded = true).catch(() => {});
  const isThrough = () => {
    const through = seen.at(-1)?.through ?? -Infinity;
    return through >= (stats.trades < exchange.served.length ? end + HEALING : end);
  };
  while (!isThrough()) {
    await systemClock.sleep(20);
    signal?.throwIfAborted();
    progress(Math.min(1, (exchange.now() - start) / span));
    const gets = exchange.served.length + seen.length, now = performance.now();
    if (gets !== got) [got, gotAt] = [gets, now];
    if (hasEnded || now - gotAt > PATIENCE) return true;
  }
  return false;
}
