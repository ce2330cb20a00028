import { ccxtFeed } from "../engine/exchanges/ccxt_feed.ts";
import { Collector } from "../engine/live/collector/collector.ts";
import { systemClock } from "../engine/live/system_clock.ts";
import type { Clock } from "../engine/ports/clock.ts";
import type { Feed } from "../engine/ports/feed.ts";
import type { MarketKey, Store } from "../engine/ports/store.ts";
import { sharedPath } from "../tests/support/shared.ts";
import { deafBus } from "../tests/live/faults.ts";
import type { TapeOnSale } from "./serve_tape.ts";
import { withBenchStore } from "./with_bench_store.ts";

/**
 * From an exchange's socket to candles in the database, against the guarded ccxt client alone, whose
 * trades nobody takes. The exchange is another process. Each measurement runs both, the one that it
 * measures and the other, so that what else the machine does is the same for both.
 */
const REAL = sharedPath("data/trades_binance_all6_recv_order_20240808.csv.gz");
const SAMPLE = new URL("../data/sample_tape.csv.gz", import.meta.url).pathname;
const tape = await Deno.stat(REAL).then(() => REAL, () => SAMPLE);

/** Begins and ends a measurement. */
interface Stopwatch {
  start(): void;
  end(): void;
}

/** Milliseconds between two looks at whether all is stored. */
const LOOK = 2;

const none: Stopwatch = { start: () => {}, end: () => {} };

/** Runs `use` with an exchange that sells the tape, and a feed of it. */
async function withExchange(use: (feed: Feed, sale: TapeOnSale) => Promise<void>): Promise<void> {
  const child = new Deno.Command("deno", {
    args: [
      ...["run", "--quiet", "--no-prompt", "--no-lock", "--allow-read", "--allow-net=127.0.0.1"],
      ...[new URL("serve_tape.ts", import.meta.url).pathname, tape],
    ],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  try {
    const sale: TapeOnSale = JSON.parse((await lines.read()).value!);
    await use(feedOf(sale), sale);
  } finally {
    await child.stdin.close();
    await lines.cancel();
    await child.status;
  }
}

function feedOf({ urls, start, pace, end }: TapeOnSale): Feed {
  const begun = performance.now();
  const now = () => Math.min(start + (performance.now() - begun) * pace, end);
  const clock: Clock = { now, monotonic: now, sleep: systemClock.sleep };
  const options = { urls, apiKey: "none", enableRateLimit: false };
  return ccxtFeed({ venue: "binance", clock, options, random: Math.random });
}

/** Starts the stopwatch with the first trade. */
function timed(feed: Feed, watch: Stopwatch): Feed {
  return {
    ...feed,
    async *trades(...asked) {
      let begun = false;
      for await (const batch of feed.trades(...asked)) {
        if (!begun && batch.events.length > 0) {
          begun = true;
          watch.start();
        }
        yield batch;
      }
    },
  };
}

async function takeNothing(watch: Stopwatch): Promise<void> {
  await withExchange(async (feed, { symbols, trades }) => {
    const markets = symbols.map((symbol) => ({ exchange: "binance", symbol }));
    let left = trades;
    const stop = new AbortController();
    for await (
      const { events } of timed(feed, watch).trades(markets, () => undefined, stop.signal)
    ) {
      left -= events.length;
      if (left <= 0) break;
    }
    watch.end();
  });
}

async function collect(store: Store, watch: Stopwatch): Promise<void> {
  await withExchange(async (feed, { symbols, trades, candles }) => {
    const stop = new AbortController();
    const collector = new Collector({ store, bus: deafBus, clock: systemClock, watch: {} });
    // The exchange is silent behind its last trade, so nothing tells of progress any more.
    const looking = setInterval(() => {
      // Trades of the first, partial minute belong to no candle and are told as too late.
      const { trades: taken, refused, candles: stored } = collector.stats;
      if (taken + refused < trades || stored < candles) return;
      clearInterval(looking);
      stop.abort();
    }, LOOK);
    collector.registerProvider("binance", { feed: timed(feed, watch) });
    const keys = symbols.map((symbol): MarketKey => (
      { exchange: "binance", symbol, timeframe: "1m" }
    ));
    await collector.startCollection(keys, stop.signal);
    watch.end();
  });
}

const options = {
  group: "collector",
  n: 4,
  warmup: 1,
  // It takes another process and a database, which `deno bench --allow-read` may not have.
  ignore: Deno.permissions.querySync({ name: "run", command: "deno" }).state !== "granted",
};

// Deno waits for a function that is written as `async`, and for no other.
Deno.bench("ccxt, guarded, nobody listens", { ...options, baseline: true }, async (bench) => {
  await takeNothing(bench);
  await withBenchStore((store) => collect(store, none));
});

Deno.bench("collector: socket to stored candles", options, async (bench) => {
  await takeNothing(none);
  await withBenchStore((store) => collect(store, bench));
});
