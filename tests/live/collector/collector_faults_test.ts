import assert from "node:assert/strict";
import { forgivingBus } from "../../../engine/bus/forgiving_bus.ts";
import { openPostgresBus } from "../../../engine/bus/postgres_bus.ts";
import { marketChannel } from "../../../engine/ports/bus.ts";
import type { FeedEvent } from "../../../engine/ports/feed.ts";
import { naiveCandles, type PlainTrade } from "../../market/naive_candles.ts";
import { withStore } from "../../support/database.ts";
import { collect, MINUTES, pieces, SECONDS, stored } from "../collecting.ts";
import { eventually } from "../../support/eventually.ts";
import { type Fault, faultyBus, recordingBus, unreachableStore } from "../faults.ts";
import { batch, event, NINE } from "../made_feed.ts";

Deno.test("a restart goes on behind the stored candles: no hole, nothing twice, in two timeframes", () =>
  withStore(async (store) => {
    const plain: PlainTrade[] = [], events: FeedEvent[] = [];
    for (let at = 0; at < 200_000; at += 350 + (at * 7) % 1_900) {
      const cents = 10_000 + (at * 13) % 500, amountTicks = 1 + (at * 31) % 300_000_000;
      plain.push({ timestamp: NINE + at, cents, amountTicks });
      events.push(event(at, { price: cents / 100, amount: amountTicks / 1e8, delay: at % 90 }));
    }
    const all = pieces(events, 10).map((piece) => batch(...piece));
    // Each process sees a little more of the feed than the one before, from the beginning.
    for (const seen of [3, 4, 7, 8, all.length]) {
      const stats = await collect(store, all.slice(0, seen), { keys: [SECONDS, MINUTES] });
      assert.equal(stats.late, 0);
    }
    for (const key of [SECONDS, MINUTES]) {
      const expected = naiveCandles(plain, key.timeframe, "left");
      assert.ok(expected.length >= 3);
      assert.deepEqual((await store.marketData.candles(key)).rows(), expected, key.timeframe);
    }
  }));

Deno.test("who is woken for a candle finds it stored", () =>
  withStore(async (store, { url }) => {
    const bus = await openPostgresBus(url);
    try {
      const seen: Promise<boolean>[] = [], messages: unknown[] = [];
      await bus.subscribe(marketChannel("BTC/USDT"), (message) => {
        messages.push(message);
        const time = message.time as number;
        seen.push(store.marketData.latestCandle(SECONDS).then((last) => last!.time >= time));
      });
      const feed = [0, 1_000, 2_000, 4_500].map((at) => batch(event(at)));
      await collect(store, feed, { bus });
      await collect(store, [batch(event(9_000))], { bus });
      await eventually("four messages", () => messages.length === 4);
      assert.deepEqual(await Promise.all(seen), [true, true, true, true]);
      const key = { exchange: "made", timeframe: "1s", time: NINE + 4_000 };
      const flat = { open: 100, high: 100, low: 100, close: 100, volume: 0, trades: 0 };
      assert.deepEqual(messages[2], { ...key, ...flat, kind: "empty" });
    } finally {
      await bus.close();
    }
  }));

Deno.test("a bus that fails does not keep the collector from its work", () =>
  withStore(async (store) => {
    const fault: Fault = { on: true }, told: string[] = [], bus = recordingBus();
    await collect(store, [0, 1_000, 2_000, 3_000, 4_000].map((at) => batch(event(at))), {
      bus: forgivingBus(faultyBus(fault, bus), (message) => told.push(message)),
      watch: {
        progress: (time) => fault.on = time < NINE + 3_000,
      },
    });
    assert.equal((await stored(store)).length, 4);
    assert.equal(bus.published.length, 1);
    assert.equal(told.length, 2);
    assert.match(told[0], /Nobody is woken.*Cannot reach the bus/);
    assert.match(told[1], /works again/);
  }));

Deno.test("a store that refuses ends the collector; another goes on without loss", () =>
  withStore(async (store) => {
    const fault: Fault = { on: false, refuses: true };
    const feed = [0, 500, 1_000, 2_000, 2_500, 3_000, 6_000].map((at) => batch(event(at)));
    await assert.rejects(
      collect(unreachableStore(fault, store), feed, {
        watch: { progress: (time) => fault.on = time >= NINE + 2_000 },
      }),
      { name: "StoreError", message: /Cannot reach the database/ },
    );
    assert.equal((await stored(store)).length, 2);
    await collect(store, feed);
    assert.deepEqual(await stored(store), [
      "1 100 100 100 100 2 traded",
      "2 100 100 100 100 1 traded",
      "3 100 100 100 100 2 traded",
      "4 100 100 100 100 1 traded",
      "5 100 100 100 100 0 empty",
      "6 100 100 100 100 0 empty",
    ]);
  }));

Deno.test("the collector ends soon after it is told to", () =>
  withStore(async (store) => {
    const stop = new AbortController(), told: number[] = [];
    await collect(store, [0, 1_000, 2_000, 3_000].map((at) => batch(event(at))), {
      stop: stop.signal,
      watch: {
        progress(time) {
          told.push(time - NINE);
          if (time >= NINE + 1_000) stop.abort();
        },
      },
    });
    assert.deepEqual(told, [0, 1_000]);
    assert.equal((await stored(store)).length, 1);
  }));

Deno.test("a silence of any length is closed, however many candles that makes at once", () =>
  withStore(async (store) => {
    const silent = 150_000;
    const { candles } = await collect(store, [batch(event(0)), batch(event(silent * 1_000))]);
    assert.equal(candles, silent);
    assert.equal((await store.marketData.latestCandle(SECONDS))!.kind, "empty");
  }));
