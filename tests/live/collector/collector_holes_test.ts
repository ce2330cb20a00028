import assert from "node:assert/strict";
import { systemClock } from "../../../engine/live/system_clock.ts";
import type { Feed } from "../../../engine/ports/feed.ts";
import type { History } from "../../../engine/ports/history.ts";
import { withStore } from "../../support/database.ts";
import { collect, collectFrom, MINUTES, SECONDS, stored } from "../collecting.ts";
import { recordingBus } from "../faults.ts";
import { batch, BTC, event, madeFeed, NINE, silence } from "../made_feed.ts";
import { lost, madeHistory } from "../made_history.ts";

Deno.test("time that a feed lost is a recorded gap, never a flat candle", () =>
  withStore(async (store) => {
    const stats = await collect(store, [
      batch(event(0, { price: 5 }), event(1_000, { price: 6 })),
      lost(2_500, 4_200, event(4_300, { price: 7 })),
      batch(event(5_500, { price: 8 }), event(6_000)),
    ]);
    assert.deepEqual(await stored(store), [
      "1 5 5 5 5 1 traded",
      "2 6 6 6 6 1 traded",
      "6 8 8 8 8 1 traded",
    ]);
    const gaps = await store.marketData.gaps(BTC);
    assert.deepEqual(gaps.map(({ from, to }) => [from - NINE, to - NINE]), [
      [2_000, 4_000],
      [4_000, 5_000],
    ]);
    assert.deepEqual([stats.lost, stats.gaps], [1, 2]);
  }));

Deno.test("the exchange's own candles fill a hole, silence included, before anything newer is stored", () =>
  withStore(async (store) => {
    const history = madeHistory({ 3: 60, 5: 7 }), bus = recordingBus();
    const feed = madeFeed([
      batch(event(0, { price: 5 }), event(1_000, { price: 6 })),
      lost(2_500, 4_200, event(4_300, { price: 7 })),
      silence(8_500),
    ]);
    const stats = await collectFrom(store, { feed, history }, { bus });
    assert.deepEqual(await stored(store), [
      "1 5 5 5 5 1 traded",
      "2 6 6 6 6 1 traded",
      "3 60 61 60 60 2 backfilled",
      "4 60 60 60 60 0 empty",
      "5 7 8 7 7 2 backfilled",
      "6 7 7 7 7 0 empty",
    ]);
    assert.deepEqual([stats.backfilled, stats.gaps], [3, 0]);
    assert.deepEqual(await store.marketData.gaps(BTC), []);
    const times = bus.published.map(([, message]) => (message as { time: number }).time);
    assert.deepEqual(times, times.toSorted((a, b) => a - b));
  }));

Deno.test("an exchange is given the time to finish a candle by its own clock, not by ours", () =>
  withStore(async (store) => {
    const whole = madeHistory({ 3: 60, 4: 61, 5: 7 });
    let asked = 0;
    // It has closed no more than the third second at first.
    const history: History = {
      candles: (key, from, to, signal) =>
        whole.candles(key, from, ++asked < 3 ? Math.min(to, NINE + 3_000) : to, signal),
    };
    const feed = madeFeed([
      batch(event(0, { price: 5 }), event(1_000, { price: 6 })),
      lost(2_500, 4_800, event(4_900, { price: 7 })),
      silence(8_500),
    ]);
    const clock = {
      ...systemClock,
      sleep: (time: number, signal?: AbortSignal) => systemClock.sleep(time / 100, signal),
    };
    const stats = await collectFrom(store, { feed, history }, { clock });
    assert.deepEqual([stats.backfilled, stats.gaps], [3, 0]);
    assert.equal((await stored(store))[3], "4 61 62 61 61 2 backfilled");
  }));

Deno.test("an exchange that does not answer leaves a gap, and collecting goes on", () =>
  withStore(async (store) => {
    const told: string[] = [];
    const history: History = {
      // deno-lint-ignore require-yield
      async *candles() {
        await Promise.resolve();
        throw new Error("busy");
      },
    };
    const feed = madeFeed([
      batch(event(0), event(1_000)),
      lost(1_500, 2_500),
      batch(event(3_500, { price: 9 }), event(4_000)),
    ]);
    await collectFrom(store, { feed, history }, { watch: { trouble: (text) => told.push(text) } });
    assert.deepEqual(await stored(store), ["1 100 100 100 100 1 traded", "4 9 9 9 9 1 traded"]);
    assert.match(told.join("\n"), /a hole cannot be filled: busy\n.*no candles from .*09:00:01Z/);
  }));

Deno.test("longer candles are made of the shorter ones, and a hole in those is one in them", () =>
  withStore(async (store) => {
    const trades = [0, 59_000, 61_000, 119_500, 121_000, 179_000, 181_000, 241_000].map((at, i) =>
      event(at, { price: 100 + i, amount: 0.1 })
    );
    const keys = [SECONDS, MINUTES];
    await collect(store, [
      batch(...trades.slice(0, 4)),
      lost(130_000, 131_500, ...trades.slice(5)),
    ], { keys });
    assert.deepEqual(await stored(store, MINUTES), [
      "60 100 101 100 101 0.2 traded",
      "120 102 103 102 103 0.2 traded",
      "240 106 106 106 106 0.1 traded",
    ]);
  }));

Deno.test("a late trade revises every candle that holds it, the longer ones too", () =>
  withStore(async (store) => {
    const keys = [SECONDS, MINUTES], late = event(30_500, { price: 90, amount: 5, delay: 65_000 });
    const open = event(70_500, { price: 500, amount: 5, delay: 26_000 });
    const bus = recordingBus();
    await collect(store, [
      batch(event(0, { price: 5 }), event(30_000, { price: 6 }), event(61_000, { price: 7 })),
      batch(event(95_000, { price: 8 })),
      batch(late, open),
      batch(event(121_000, { price: 8 })),
    ], { keys, bus });
    assert.deepEqual(await stored(store, MINUTES), [
      "60 5 6 5 6 2 traded",
      "120 7 8 7 8 2 traded",
    ]);
    assert.deepEqual(await stored(store, MINUTES, "latest"), [
      "60 5 90 5 90 7 traded",
      "120 7 500 7 8 7 traded",
    ]);
    const seconds = await stored(store, SECONDS, "latest");
    assert.deepEqual([seconds[30], seconds[31], seconds[60]], [
      "31 6 90 6 90 6 traded",
      "32 90 90 90 90 0 empty",
      "61 90 90 90 90 0 empty",
    ]);
    assert.equal((await stored(store))[30], "31 6 6 6 6 1 traded");
    const told = bus.published.filter(([, message]) => "revised" in message);
    assert.ok(told.some(([, message]) => (message as { timeframe: string }).timeframe === "1m"));
  }));

Deno.test("a trade that comes twice is counted once, whatever its id", () =>
  withStore(async (store) => {
    const ids = ["9007199254740993", "9007199254740992", "0b8f7d1e-uuid", "007", "7"];
    const twice = ids.flatMap((id) => {
      const one = event(10, { amount: 0.1 });
      one.trade.id = id;
      return [one, one];
    });
    const stats = await collect(store, [batch(...[...twice, ...twice]), batch(event(1_000))]);
    assert.deepEqual(await stored(store), []);
    assert.deepEqual([stats.trades, stats.duplicates], [6, 15]);
    const again = await collect(store, [batch(event(0)), batch(...twice), batch(event(1_000))]);
    assert.deepEqual(await stored(store), ["1 100 100 100 100 1.5 traded"]);
    assert.equal(again.duplicates, 5);
  }));

Deno.test("a market that is new begins with the exchange's own candles, and longer ones of them", () =>
  withStore(async (store) => {
    const clock = { ...systemClock, now: () => NINE + 90_500 };
    const closes = Object.fromEntries(Array.from({ length: 91 }, (_, i) => [i, 100 + i]));
    let asked: number | undefined;
    const made = madeFeed([
      batch(event(90_200, { price: 300 }), event(91_500, { price: 301 })),
      batch(event(120_000, { price: 302 })),
      batch(event(121_000, { price: 303 })),
    ]);
    const feed: Feed = {
      ...made,
      trades(...wanted) {
        asked = wanted[1](wanted[0][0]);
        return made.trades(...wanted);
      },
    };
    const keys = [SECONDS, MINUTES], history = madeHistory({ ...closes, 60: 160 });
    await collectFrom(store, { feed, history }, { keys, clock, warmUp: () => 3 });
    assert.equal(asked, NINE + 90_000);
    const seconds = await stored(store);
    assert.deepEqual(seconds.slice(0, 1), ["61 161 162 161 161 2 backfilled"]);
    assert.deepEqual(seconds.slice(29, 33), [
      "90 190 191 190 190 2 backfilled",
      "91 300 300 300 300 1 traded",
      "92 301 301 301 301 1 traded",
      "93 301 301 301 301 0 empty",
    ]);
    assert.deepEqual(await stored(store, MINUTES), [
      "0 100 101 100 100 2 backfilled",
      "60 160 161 160 160 2 backfilled",
      "120 161 301 161 301 62 backfilled",
    ]);
  }));
