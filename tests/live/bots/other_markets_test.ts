import assert from "node:assert/strict";
import { BotManager } from "../../../engine/live/manager/bot_manager.ts";
import { newBot } from "../../../engine/live/bots/run_record.ts";
import { systemClock } from "../../../engine/live/system_clock.ts";
import { verifyBot } from "../../../engine/live/verify/verify_bot.ts";
import { DEFAULT_ACCOUNT } from "../../../engine/account/settings.ts";
import type { Candle } from "../../../engine/market/candles.ts";
import type { FeedBatch } from "../../../engine/ports/feed.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { close } from "../../../engine/series/expression.ts";
import { instrument } from "../../../engine/series/operators/candles/instrument.ts";
import { indicator } from "../../../engine/series/operators/technicalindicators/indicator.ts";
import { loadConfig } from "../../../engine/strategy/load.ts";
import { strategy } from "../../../engine/strategy/strategy.ts";
import { writeStrategy } from "../../../engine/strategy/strategy_json.ts";
import { assertSameRun } from "../../laws/parity_law.ts";
import { withStore } from "../../support/database.ts";
import { collect, SECONDS } from "../collecting.ts";
import { eventually } from "../../support/eventually.ts";
import { deafBus } from "../faults.ts";
import { cursors, resume, stopping } from "../made_bots.ts";
import { batch, BTC, event, NINE, silence } from "../made_feed.ts";

const ETH = { ...BTC, symbol: "ETH/USDT" }, ETH_SECONDS = { ...ETH, timeframe: "1s" as const };

/** Long while the other market is dearer; what it saw is told with each signal. */
const other = instrument(ETH.symbol, close);
const relative = strategy("relative", {}, {
  build: () => ({
    enterLong: other.above(close),
    exitLong: other.below(close),
    // An operator that has to be replayed when the bot is resumed.
    series: { other, borrowed: indicator("RSI", { values: other, period: 2 }) },
  }),
});

const CONFIG = loadConfig(
  JSON.stringify({
    name: "relative",
    market: SECONDS,
    strategy: { ...writeStrategy(relative), params: {} },
    account: DEFAULT_ACCOUNT,
    risk: {},
  }),
  "relative",
).config;

const RUN = { decimals: 2, anchor: 0, start: 0 };

async function made(store: Store): Promise<string> {
  return (await store.bots.create(newBot(CONFIG, RUN))).id;
}

const second = (n: number, price: number): Candle => ({
  ...{ time: NINE + n * 1_000, open: price, high: price, low: price, close: price },
  ...{ volume: 1, trades: 1, kind: "traded" },
});

const btc = (store: Store, ...seconds: number[]) =>
  store.marketData.upsertCandles(SECONDS, seconds.map((n) => second(n, 100)));
const eth = (store: Store, ...seconds: number[]) =>
  store.marketData.upsertCandles(
    ETH_SECONDS,
    seconds.map((n) => second(n, n % 2 === 0 ? 90 : 110)),
  );

const lostOf = (from: number, to: number) => ({
  ...{ instrument: ETH, from: NINE + from, to: NINE + to, reason: "the line was cut" },
});

/** Seconds after nine of what the bot decided without. */
async function missing(store: Store, id: string): Promise<number[]> {
  return (await store.missing.ofBot(id)).map(({ time }) => (time - NINE) / 1_000);
}

/** Holds a bot to a backtest over what is stored, and to itself. */
async function assertRight(store: Store, id: string): Promise<void> {
  const bot = (await store.bots.find(id))!;
  await assertSameRun(store, bot, await store.marketData.candles(SECONDS));
  assert.equal((await verifyBot(store, id)).outcome, "same");
}

Deno.test("a row waits until the other market's candle is stored, or recorded as missing", () =>
  withStore(async (store) => {
    const id = await made(store), bot = await resume(id, store);
    assert.equal(await bot.waitsFor(), undefined);
    await btc(store, 1, 2, 3, 4);
    assert.equal(await bot.processCandles(), 0);
    assert.equal(await bot.waitsFor(), ETH.symbol);
    await eth(store, 1, 2);
    assert.equal(await bot.processCandles(), 2);
    assert.equal(await bot.processCandles(), 0);
    // A gap that ends within the fourth second says nothing of that.
    await store.marketData.recordGap(lostOf(2_000, 3_400));
    assert.equal(await bot.processCandles(), 1);
    assert.deepEqual([bot.cursor, await bot.waitsFor()], [NINE + 3_000, ETH.symbol]);
    await eth(store, 5);
    assert.equal(await bot.processCandles(), 1);
    assert.equal(await bot.waitsFor(), undefined);
    assert.deepEqual(await missing(store, id), [3, 4]);
    await btc(store, 5, 6);
    assert.equal(await bot.processCandles(), 1);
    assert.equal(await bot.waitsFor(), ETH.symbol);
    await eth(store, 6);
    assert.equal(await bot.processCandles(), 1);
    const signals = await store.signals.ofBot(id);
    assert.deepEqual(signals.map(({ values: { other } }) => other), [110, 90, 110, 90]);
    await assertRight(store, id);
  }));

Deno.test("what was recorded as missing stays missing for the bot, whatever is stored later", () =>
  withStore(async (store) => {
    const id = await made(store);
    await btc(store, 1, 2, 3, 4, 5);
    await eth(store, 1);
    await store.marketData.recordGap(lostOf(1_000, 3_000));
    const bot = await resume(id, store);
    assert.equal(await bot.processCandles(), 3);
    // Its trades come after all, before anything newer is stored: others decide on it.
    await eth(store, 2, 3);
    // And of the fourth second, which they were decided without, the exchange has a candle later.
    await eth(store, 5);
    assert.equal(await bot.processCandles(), 2);
    await eth(store, 4);
    assert.deepEqual(await missing(store, id), [2, 3, 4]);
    const verified = await verifyBot(store, id);
    assert.deepEqual([verified.outcome, verified.detail], ["same", ""]);
    assert.equal(verified.now?.revised.count, 1);
    // A process that has its own state only, and that of other libraries by replaying, goes on alike.
    const again = await resume(id, store);
    await btc(store, 6);
    await eth(store, 6);
    assert.equal(await again.processCandles(), 1);
    assert.equal((await verifyBot(store, id)).outcome, "same");
    // Without the record the replay has other candles, and the bot is refused.
    const forgetful: Store = { ...store, missing: { ofBot: () => Promise.resolve([]) } };
    await assert.rejects(resume(id, forgetful), { message: /the same candles again/ });
  }));

/** Both trade every second until `to`, but for what `without` says of the other one. */
function trading(to: number, without: (second: number) => boolean): FeedBatch[] {
  return Array.from({ length: to }, (_, n) => {
    const at = n * 1_000 + 100, price = n % 3 === 0 ? 90 : 110;
    const theirs = without(n) ? [] : [event(at + 50, { price, instrument: ETH })];
    return batch(event(at, { price: 100 }), ...theirs);
  });
}

/** Collects both markets and has a bot trade meanwhile; returns its id once it has decided `rows`. */
async function traded(store: Store, batches: readonly FeedBatch[], rows: number): Promise<string> {
  const id = await made(store), manager = new BotManager(store, deafBus, systemClock);
  await stopping([manager], async () => {
    manager.start(id);
    await collect(store, batches, { keys: [SECONDS, ETH_SECONDS] });
    await manager.caughtUp();
    await eventually(`the bot has decided ${rows} rows`, async () => {
      const [cursor] = await cursors(store);
      return cursor === NINE + rows * 1_000;
    });
  });
  return id;
}

Deno.test("where the other market is silent, its empty candles are closed by the clock", () =>
  withStore(async (store) => {
    const quiet = (n: number) => n >= 4 && n < 9;
    const id = await traded(store, [...trading(12, quiet), silence(14_500)], 12);
    const empty = (await store.marketData.candles(ETH_SECONDS)).rows()
      .filter(({ kind }) => kind === "empty").map(({ time }) => (time - NINE) / 1_000);
    assert.deepEqual(empty, [5, 6, 7, 8, 9]);
    assert.deepEqual(await missing(store, id), []);
    await assertRight(store, id);
    assert.ok((await store.signals.ofBot(id)).length >= 2);
  }));

Deno.test("where the other market's feed is cut, its candles are missing", () =>
  withStore(async (store) => {
    const cut = (n: number) => n >= 4 && n < 9;
    const batches = trading(12, cut);
    batches[4] = { ...batches[4], lost: [lostOf(4_000, 9_050)] };
    const id = await traded(store, [...batches, silence(14_500)], 12);
    // The tenth began before the feed was back.
    assert.deepEqual(await missing(store, id), [5, 6, 7, 8, 9, 10]);
    const gaps = await store.marketData.gaps(ETH);
    assert.deepEqual([gaps[0].from, gaps.at(-1)!.to], [NINE + 4_000, NINE + 10_000]);
    await assertRight(store, id);
  }));

Deno.test("a market that never trades is waited for, and that is said", () =>
  withStore(async (store) => {
    const id = await made(store), said: string[] = [];
    const manager = new BotManager(store, deafBus, quickClock, (message) => said.push(message));
    await stopping([manager], async () => {
      await btc(store, 1, 2, 3);
      manager.start(id);
      await manager.caughtUp();
      const told = `${id}: waits for the candles of ETH/USDT`;
      await eventually(
        "the bot says what it waits for",
        () => Promise.resolve(said.includes(told)),
      );
      assert.equal((await store.bots.find(id))!.cursor, undefined);
      assert.equal(said.filter((one) => one === told).length, 1);
    });
  }));

/** A clock on which the bot's waits pass quickly. */
const quickClock = {
  ...systemClock,
  now: () => NINE + 1_000 * performance.now(),
  sleep: (milliseconds: number, signal?: AbortSignal) =>
    systemClock.sleep(Math.min(milliseconds, 10), signal),
};
