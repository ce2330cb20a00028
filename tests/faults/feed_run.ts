import { ccxtFeed } from "../../engine/exchanges/ccxt_feed.ts";
import { Collector } from "../../engine/live/collector.ts";
import type { CollectorStats } from "../../engine/live/collector_stats.ts";
import { systemClock } from "../../engine/live/system_clock.ts";
import type { TapeRow } from "../../engine/market/tape.ts";
import type { Timeframe } from "../../engine/market/timeframe.ts";
import { type Instrument, instrumentKey } from "../../engine/market/trade.ts";
import type { Clock } from "../../engine/ports/clock.ts";
import type { MarketKey, Store } from "../../engine/ports/store.ts";
import { seededRandom } from "../../data/random.ts";
import { type FakeExchange, startFakeExchange } from "../support/fake_exchange/fake_exchange.ts";
import { FAULT_CLASSES, type FaultClass, faultPlan } from "../support/fake_exchange/fault_plan.ts";
import { compareTrades } from "./compare_trades.ts";
import { expectedCandles } from "./expected_candles.ts";

/** What is run: a tape through an exchange that goes wrong by a seed. */
export interface FeedRunOptions {
  seed: number;
  rows: readonly TapeRow[];
  /** So many times faster than it was. */
  pace: number;
  store: Store;
  /** Off for the control: then trades have to be lost. */
  backfill: boolean;
  /** Told what happens. */
  tell?: (message: string) => void;
}

/** What came of it. */
export interface FeedRun {
  seed: number;
  dialect: "okx" | "binance";
  /** The class of fault that was injected, or all of them. */
  faults: FaultClass | "all";
  injected: Readonly<Record<FaultClass, number>>;
  served: number;
  stored: number;
  lost: number;
  duplicated: number;
  /** Candles compared, and how many of them or of the stored trades differ. */
  compared: number;
  different: number;
  /** For each fault, how long after it ended the feed was up to date again, in exchange's ms. */
  recoveries: number[];
  stats: CollectorStats;
  /** Whether it had to be given up. */
  stuck: boolean;
}

const TIMEFRAMES: readonly Timeframe[] = ["1s", "1m"];

/** A run that takes longer is stuck, in real milliseconds. */
const PATIENCE = 120_000;

/** What the seed chooses: every class comes in turn, then all at once. */
export function kindOf(seed: number): Pick<FeedRun, "dialect" | "faults"> {
  const kinds = [...FAULT_CLASSES, "all" as const];
  return {
    faults: kinds[seed % kinds.length],
    dialect: Math.floor(seed / kinds.length) % 2 === 0 ? "okx" : "binance",
  };
}

/** Runs a tape through exchange, ccxt, collector and database, and compares what is stored. */
export async function feedRun(options: FeedRunOptions): Promise<FeedRun> {
  const { seed, rows, pace, store, tell = () => {} } = options, { dialect, faults } = kindOf(seed);
  const instruments = instrumentsOf(rows);
  const plan = faultPlan(seed, faults === "all" ? FAULT_CLASSES : [faults]);
  const exchange = await startFakeExchange({
    ...{ dialect, instruments, trades: rows, pace, faults: plan, rateLimits: false },
  });
  const clock: Clock = {
    now: () => exchange.localNow(),
    sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / pace, signal),
  };
  const feed = ccxtFeed({
    ...{ venue: dialect, clock, random: seededRandom(seed + 1) },
    // ccxt's own waits between requests are in real time, which passes much too slowly here.
    options: { urls: exchange.urls, apiKey: "none", enableRateLimit: false },
    settings: { backfill: options.backfill },
    watch: { trouble: tell },
  });
  const seen: { at: number; through: number }[] = [], stop = new AbortController();
  const collector = new Collector({
    ...{ store, clock, bus: deaf },
    watch: {
      trouble: tell,
      refused: tell,
      progress: (time) => seen.push({ at: exchange.localNow(), through: time }),
    },
  });
  collector.registerProvider(dialect, { feed });
  const keys = instruments.flatMap(({ symbol }) =>
    TIMEFRAMES.map((timeframe): MarketKey => ({ exchange: dialect, symbol, timeframe }))
  );
  try {
    const collecting = collector.startCollection(keys, stop.signal, { rawTrades: true });
    const stuck = await isStuck(exchange, seen, collecting);
    stop.abort();
    await collecting;
    const span = rows.at(-1)!.trade.timestamp - rows[0].trade.timestamp,
      start = rows[0].trade.timestamp;
    const ends = plan.faults.map(({ at, lasts }) => start + at * span + lasts - plan.skew);
    const compared = await compareAll(exchange, store, dialect, instruments);
    const { injected } = exchange, recoveries = ends.map((end) => recovery(seen, end));
    const { stats } = collector;
    return { seed, dialect, faults, injected, ...compared, recoveries, stats, stuck };
  } finally {
    stop.abort();
    await exchange.stop();
  }
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

/** Waits until everything that the tape holds was observed. Returns whether that took too long. */
async function isStuck(
  exchange: FakeExchange,
  seen: readonly { through: number }[],
  collecting: Promise<void>,
): Promise<boolean> {
  const late = new AbortController();
  const waited = systemClock.sleep(PATIENCE, late.signal).then(() => "stuck" as const);
  const done = (async () => {
    await exchange.finished;
    const end = exchange.localNow();
    while ((seen.at(-1)?.through ?? -Infinity) < end + GRACE) await systemClock.sleep(10);
  })();
  const first = await Promise.race([waited, done, collecting.then(() => "ended" as const)]);
  late.abort();
  return first === "stuck" || first === "ended";
}

/** Silent intervals are closed so long after their end, and then some. */
const GRACE = 4_000;

async function compareAll(
  { served }: FakeExchange,
  store: Store,
  exchange: string,
  instruments: readonly { symbol: string }[],
) {
  const sums = {
    served: served.length,
    stored: 0,
    lost: 0,
    duplicated: 0,
    compared: 0,
    different: 0,
  };
  for (const { symbol } of instruments) {
    const own = served.filter((one) => one.symbol === symbol), instrument = { exchange, symbol };
    const trades = await store.rawTrades.between(instrument, "trade", 0, 8e12);
    const { lost, duplicated, different } = compareTrades(own, trades);
    sums.lost += lost;
    sums.duplicated += duplicated;
    sums.stored += own.length - lost;
    sums.different += different;
    for (const timeframe of TIMEFRAMES) {
      const key = { ...instrument, timeframe };
      const candles = (await store.marketData.candles(key, { revision: "latest" })).rows();
      const until = own.at(-1)!.trade.timestamp;
      const expected = expectedCandles(own.map(({ trade }) => trade), timeframe, until);
      const byTime = new Map(candles.map((candle) => [candle.time, candle]));
      sums.compared += expected.length;
      sums.different += expected.filter((one) => {
        const { open, high, low, close, volume } = byTime.get(one.time) ?? { open: NaN };
        return one.open !== open || one.high !== high || one.low !== low || one.close !== close ||
          one.volume !== volume;
      }).length;
    }
  }
  return sums;
}

/** How long after `end` it took until everything up to then was observed. */
function recovery(seen: readonly { at: number; through: number }[], end: number): number {
  const first = seen.find(({ through }) => through >= end);
  return first ? Math.max(0, first.at - end) : Infinity;
}
