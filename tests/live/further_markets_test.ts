/** What a runner collects for its bots: every timeframe of an instrument with one listener. */
import assert from "node:assert/strict";
import { seededRandom } from "../../data/random.ts";
import { Collector } from "../../engine/live/collector/collector.ts";
import { newBot } from "../../engine/live/bots/run_record.ts";
import { shareBots } from "../../engine/live/share_bots.ts";
import type { TapeRow } from "../../engine/market/tape.ts";
import type { MarketKey, Store } from "../../engine/ports/store.ts";
import { feedOf, stepped } from "../exchanges/stepped_feed.ts";
import { quickClock } from "../exchanges/quick_clock.ts";
import { expectedCandles } from "../faults/expected_candles.ts";
import { mainConfigs } from "../laws/parity_configs.ts";
import { starting } from "../storage/bare_bot.ts";
import { withStore } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { deafBus } from "./faults.ts";
import { NINE } from "./made_feed.ts";

const BTC = { exchange: "binance", symbol: "BTC/USDT" };
const SECONDS: MarketKey = { ...BTC, timeframe: "1s" },
  MINUTES: MarketKey = { ...BTC, timeframe: "1m" };
const [{ market, ...config }] = await mainConfigs([BTC]);

/** How many times faster than real time all is. */
const PACE = 40;

/** Trades from ten seconds before nine to ten after 9:02, a few each second. */
function rows(): TapeRow[] {
  const random = seededRandom(11), all: TapeRow[] = [];
  for (let at = NINE - 10_000, id = 1; at < NINE + 130_000; at += 20 + Math.floor(600 * random())) {
    const price = 60_000 + Math.floor(100 * random()),
      amount = (1 + Math.floor(1e6 * random())) / 1e8;
    const trade = { id: `${id++}`, timestamp: at, price, amount, side: "buy" as const };
    all.push({ instrument: BTC, trade, received: at });
  }
  return all;
}

/** A bot at work on a timeframe, from this time on. */
async function botOn(store: Store, { timeframe }: MarketKey, start: number): Promise<string> {
  const made = { ...config, name: `on-${timeframe}`, market: { ...market, timeframe } };
  const { id } = await store.bots.create(newBot(made, { decimals: 2, anchor: start, start }));
  await store.bots.claim(id, starting("me"));
  return id;
}

/** An exchange, and a runner that collects from it what it knows and what its bots need. */
async function runnerOn(store: Store, known: readonly MarketKey[] = []) {
  const exchange = await stepped("binance", rows()),
    clock = quickClock(() => exchange.localNow(), PACE);
  const step = 5;
  let stands = false;
  const timer = setInterval(() => !stands && exchange.advance(step * PACE), step);
  const stop = new AbortController(),
    signal = stop.signal,
    provider = { feed: feedOf("binance", exchange) };
  const collector = new Collector({ store, bus: deafBus, clock });
  const sharing = shareBots({
    knows: () => true,
    providerOf() {
      assert.equal(known.length, 0, "there is one that gives what is collected anyway");
      return provider;
    },
    newBot: () => Promise.reject(new Error("nobody asked for one")),
  }, { store, collector, clock, tell: () => {}, known, collecting: {}, signal });
  for (const { exchange } of known) collector.registerProvider(exchange, provider);
  const collecting = sharing.collect();
  return {
    ...{ exchange, sharing, collector },
    /** Waits until the exchange's time is so many milliseconds after nine, and lets it stand. */
    until: async (at: number) => {
      await eventually(`the exchange is at ${at}`, () => stands = exchange.now() >= NINE + at);
    },
    /** Has more bots join; what trades meanwhile nobody hears. */
    join: async (ids: readonly string[]) => {
      await sharing.works(ids);
      exchange.advance(3_000);
      await eventually("there is another listener", () => exchange.sockets().opened === 2);
      stands = false;
    },
    end: async () => {
      stop.abort();
      await Promise.all([collecting, sharing.ended()]);
      clearInterval(timer);
      await exchange.stop();
    },
  };
}

type Running = Awaited<ReturnType<typeof runnerOn>>;

/** Both timeframes are there through 9:02 from these times on, as the trades make them, and no gap. */
async function assertWhole(
  store: Store,
  { exchange }: Running,
  from: [seconds: number, minutes: number],
) {
  const last = NINE + 120_000, served = () => exchange.served.map(({ trade }) => trade);
  const stored = async (key: MarketKey) =>
    (await store.marketData.candles(key, { revision: "latest" })).rows();
  for (const [i, key] of [SECONDS, MINUTES].entries()) {
    await eventually(
      `candles of ${key.timeframe} through 9:02`,
      async () => ((await store.marketData.latestCandle(key))?.time ?? 0) >= last,
    );
    const within = ({ time }: { time: number }) => time > NINE + from[i] && time <= last;
    const expected = expectedCandles(served(), key.timeframe, last).filter(within);
    assert.deepEqual((await stored(key)).filter(within), expected);
  }
  assert.deepEqual(await store.marketData.gaps(BTC), []);
}

/** One listens, and so often was there another. */
async function assertOne({ exchange }: Running, opened: number): Promise<void> {
  await eventually(
    "one listens",
    () => exchange.sockets().open === 1 && exchange.sockets().subscribed === 1,
  );
  assert.equal(exchange.sockets().opened, opened);
}

Deno.test("bots on two timeframes of an instrument have one listener", () =>
  withStore(async (store) => {
    const running = await runnerOn(store);
    try {
      const ids = [await botOn(store, SECONDS, NINE), await botOn(store, MINUTES, NINE)];
      await running.sharing.works(ids);
      await running.until(5_000);
      await running.sharing.works(ids);
      await assertOne(running, 1);
      await running.sharing.works([]);
      await eventually("nobody listens", () => running.exchange.sockets().open === 0);
    } finally {
      await running.end();
    }
  }));

Deno.test("a longer timeframe joins what is collected, and nothing is missing", () =>
  withStore(async (store) => {
    const running = await runnerOn(store);
    try {
      const first = await botOn(store, SECONDS, NINE - 8_000);
      await running.sharing.works([first]);
      await running.until(20_000);
      await running.join([first, await botOn(store, MINUTES, NINE + 20_000)]);
      await assertWhole(store, running, [0, 0]);
      await assertOne(running, 2);
      const { trades, conflicts } = running.collector.stats;
      assert.ok(trades > 300, `${trades} trades are told`);
      assert.equal(conflicts, 0);
    } finally {
      await running.end();
    }
  }));

Deno.test("a shorter timeframe joins what is collected anyway, and nothing is missing", () =>
  withStore(async (store) => {
    const first = await botOn(store, MINUTES, NINE - 8_000),
      running = await runnerOn(store, [MINUTES]);
    try {
      await running.sharing.works([first]);
      await eventually(
        "a minute is stored",
        async () => await store.marketData.latestCandle(MINUTES) !== undefined,
      );
      await running.join([first, await botOn(store, SECONDS, NINE + 65_000)]);
      // Seconds are needed from the last minute that was stored.
      await assertWhole(store, running, [60_000, 0]);
      await assertOne(running, 2);
    } finally {
      await running.end();
    }
  }));
