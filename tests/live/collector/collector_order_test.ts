import assert from "node:assert/strict";
import { Collector } from "../../../engine/live/collector/collector.ts";
import { systemClock } from "../../../engine/live/system_clock.ts";
import { InputError } from "../../../engine/market/errors.ts";
import type { Feed } from "../../../engine/ports/feed.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { UnreachableError } from "../../../engine/ports/store_errors.ts";
import { withStore } from "../../support/database.ts";
import { collect, collectFrom, SECONDS, stored } from "../collecting.ts";
import { type Fault, hastyClock, recordingBus, unreachableStore } from "../faults.ts";
import { batch, BTC, event, madeFeed, NINE } from "../made_feed.ts";

Deno.test("while the database is away candles wait, within bounds, and nothing is lost", () =>
  withStore(async (store) => {
    const fault: Fault = { on: false }, told: string[] = [], seconds = 40;
    const batches = Array.from({ length: seconds }, (_, i) => batch(event(1_000 * i)));
    const stats = await collect(unreachableStore(fault, store), batches, {
      clock: hastyClock(fault, 10),
      watch: {
        trouble: (text) => {
          told.push(text);
          if (fault.on) setTimeout(() => fault.on = false, 50);
        },
        progress: (time) => fault.on ||= told.length === 0 && time >= NINE + 10_000,
      },
    });
    assert.equal((await stored(store)).length, seconds - 1);
    assert.equal(stats.candles, seconds - 1);
    assert.equal(told.length, 2);
    assert.match(told[0], /The database is away, and what is made waits: .*it is off/);
    assert.match(told[1], /is back/);
  }));

Deno.test("a feed that breaks off is tried again from where it was", () =>
  withStore(async (store) => {
    const asked: (number | undefined)[] = [], told: string[] = [];
    const all = [0, 500, 1_200, 2_500, 3_100, 4_000].map((at) => event(at));
    const feed: Feed = {
      priceDecimals: () => Promise.resolve(undefined),
      async *trades([instrument], since) {
        await Promise.resolve();
        const from = since(instrument);
        asked.push(from === undefined ? from : from - NINE);
        const left = all.filter(({ trade }) => trade.timestamp >= (from ?? 0));
        yield batch(...left.slice(0, 3));
        if (left.length > 3) throw new Error("cut");
      },
    };
    const clock = {
      ...systemClock,
      sleep: (time: number, signal?: AbortSignal) => systemClock.sleep(time / 100, signal),
    };
    const watch = { trouble: (text: string) => void told.push(text) };
    const stats = await collectFrom(store, { feed }, { clock, watch });
    assert.deepEqual(asked, [undefined, 1_200, 3_100]);
    assert.deepEqual([stats.trades, stats.duplicates], [6, 2]);
    assert.deepEqual((await stored(store)).map((row) => row.split(" ")[5]), ["2", "1", "1", "1"]);
    assert.match(told[0], /A feed broke off, and is tried again in 1 s: cut/);
  }));

Deno.test("many venues are collected side by side; an error that a person must mend ends them all", () =>
  withStore(async (store) => {
    const here = { ...SECONDS, exchange: "here" }, there = { ...SECONDS, exchange: "there" };
    const collector = new Collector({ store, bus: recordingBus(), clock: systemClock });
    const feedOf = (key: typeof here) =>
      madeFeed([0, 1_000, 2_000].map((at) => batch(event(at, { instrument: key }))));
    collector.registerProvider("here", { feed: feedOf(here) });
    const never = new AbortController().signal;
    await assert.rejects(collector.startCollection([here, there], never), {
      name: "InputError",
      message: "Nothing gives the trades of there; there are: here",
    });
    collector.registerProvider("there", { feed: feedOf(there) });
    await collector.startCollection([here, there], never);
    assert.deepEqual(await stored(store, here), await stored(store, there));
    assert.equal((await stored(store, here)).length, 2);
    const lost: Feed = {
      ...feedOf(there),
      // deno-lint-ignore require-yield
      async *trades() {
        await Promise.resolve();
        throw new InputError("there has no such symbol");
      },
    };
    const waiting: Feed = {
      ...feedOf(here),
      // deno-lint-ignore require-yield
      async *trades(_, __, signal) {
        await systemClock.sleep(60_000, signal);
      },
    };
    collector.registerProvider("there", { feed: lost });
    collector.registerProvider("here", { feed: waiting });
    await assert.rejects(collector.startCollection([here, there], never), /no such symbol/);
  }));

Deno.test("trades themselves are stored once where that is asked for", () =>
  withStore(async (store) => {
    const all = [0, 0, 999, 1_500].map((at) => event(at, { amount: 1e-8 }));
    await collect(store, [batch(...all), batch(...all.slice(1))], { rawTrades: true });
    const trades = await store.rawTrades.between(BTC, "trade", NINE, NINE + 2_000);
    assert.deepEqual(trades, all.map(({ trade }) => trade));
  }));

Deno.test("a candle is stored behind its trades, also when both had to wait", () =>
  withStore(async (store) => {
    const fault: Fault = { on: false }, away = unreachableStore(fault, store);
    let stored = 0, tries = 0;
    const watched: Store = {
      ...away,
      rawTrades: {
        ...store.rawTrades,
        async insert(instrument, trades) {
          stored = Math.max(stored, ...trades.map(({ timestamp }) => timestamp));
          return await store.rawTrades.insert(instrument, trades);
        },
      },
      marketData: {
        ...away.marketData,
        async upsertCandles(key, candles, options) {
          if (fault.on) {
            fault.on = ++tries < 30;
            throw new UnreachableError("Cannot reach the database: it is off");
          }
          // The trade that ended the newest of these candles came behind all that is in it.
          assert.ok(stored >= candles.at(-1)!.time, "a candle came before its trades");
          return await store.marketData.upsertCandles(key, candles, options);
        },
      },
    };
    const batches = Array.from({ length: 60 }, (_, i) => batch(event(1_000 * i)));
    const clock = hastyClock(fault, 100);
    const watch = { progress: (time: number) => fault.on ||= tries === 0 && time >= NINE + 5_000 };
    await collect(watched, batches, { clock, watch, rawTrades: true });
    assert.equal(tries, 30);
    assert.equal((await store.rawTrades.between(BTC, "trade", NINE, NINE + 60_000)).length, 60);
  }));

Deno.test("what comes while older trades of others are missing does not close their candles", () =>
  withStore(async (store) => {
    const ETH = { exchange: "made", symbol: "ETH/USDT" },
      key = { ...ETH, timeframe: "1s" } as const;
    const begun = [event(0), event(10, { instrument: ETH })];
    // The socket was cut: one market is up to date again long before the other one is filled.
    const first = event(9_000),
      filled = [500, 1_500, 2_500].map((at) => event(at, { instrument: ETH, delay: 9_500 - at }));
    const together = [first, ...filled].map((one) => ({ ...one, observed: NINE + 100 }));
    const later = event(12_000, { instrument: ETH });
    const stats = await collect(store, [batch(...begun), batch(...together, later)], {
      keys: [SECONDS, key],
    });
    assert.equal(stats.late, 0);
    assert.deepEqual((await stored(store, key)).slice(0, 3), [
      "2 100 100 100 100 1 traded",
      "3 100 100 100 100 1 traded",
      "4 100 100 100 100 0 empty",
    ]);
  }));
