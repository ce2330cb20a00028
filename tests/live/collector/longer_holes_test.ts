import assert from "node:assert/strict";
import type { History } from "../../../engine/ports/history.ts";
import type { FeedBatch } from "../../../engine/ports/feed.ts";
import type { MarketKey, Store } from "../../../engine/ports/store.ts";
import { withStore } from "../../support/database.ts";
import { collectFrom, MINUTES, SECONDS, stored } from "../collecting.ts";
import { batch, BTC, event, madeFeed, NINE } from "../made_feed.ts";
import { lost, madeHistory } from "../made_history.ts";

const THREE: MarketKey = { ...BTC, timeframe: "3m" };

/** An exchange that has no candles of one second, and says so. */
function coarseHistory(closes: Readonly<Record<number, number>>, asked: string[] = []): History {
  const made = madeHistory(closes);
  return {
    async *candles(key, from, to, signal) {
      asked.push(`${key.timeframe} ${(from - NINE) / 1_000} ${(to - NINE) / 1_000}`);
      if (key.timeframe === "1s") throw new Error("none so short");
      yield* made.candles(key, from, to, signal);
    },
  };
}

/** Trades every ten seconds, with prices that count up; seconds 100 to 102 were not observed. */
function trades(to: number): FeedBatch[] {
  const at = (from: number, to: number) =>
    Array.from(
      { length: (to - from) / 10 },
      (_, i) => event(1_000 * (from + 10 * i), { price: 50 }),
    );
  return [batch(...at(0, 100)), lost(100_000, 102_000), ...at(110, to).map((one) => batch(one))];
}

const keys = [SECONDS, MINUTES, THREE];

/** What is stored of a timeframe: when, the close, the kind. */
async function short(store: Store, key: MarketKey): Promise<string[]> {
  const candles = await store.marketData.candles(key);
  return candles.rows().map((one) => `${(one.time - NINE) / 1_000} ${one.close} ${one.kind}`);
}

Deno.test("a longer candle that lacks a shorter one is the exchange's own", () =>
  withStore(async (store) => {
    const asked: string[] = [], history = coarseHistory({ 120: 77, 180: 88 }, asked);
    const { gaps, backfilled } = await collectFrom(
      store,
      { feed: madeFeed(trades(440)), history },
      { keys },
    );
    assert.deepEqual(asked.filter((one) => !one.startsWith("1s")), ["1m 60 120", "3m 0 180"]);
    assert.deepEqual(await short(store, MINUTES), [
      "60 50 traded",
      "120 77 backfilled",
      ...[180, 240, 300, 360, 420].map((time) => `${time} 50 traded`),
    ]);
    assert.deepEqual(await short(store, THREE), ["180 88 backfilled", "360 50 traded"]);
    assert.equal(backfilled, 2);
    // The price behind the hole is not known before the next trade.
    const spans = (await store.marketData.gaps(BTC)).map(({ from, to }) => [from, to]);
    assert.equal(spans.length, gaps);
    assert.deepEqual([spans[0][0], spans.at(-1)![1]], [NINE + 100_000, NINE + 110_000]);
  }));

Deno.test("an exchange that has no longer candle either leaves it out, and others go on", () =>
  withStore(async (store) => {
    await collectFrom(store, { feed: madeFeed(trades(440)), history: coarseHistory({}) }, { keys });
    assert.deepEqual((await short(store, MINUTES)).map((row) => row.split(" ")[0]), [
      ...["60", "180", "240", "300", "360", "420"],
    ]);
    assert.deepEqual(await short(store, THREE), ["360 50 traded"]);
    assert.equal((await store.marketData.gaps(BTC))[0].from, NINE + 100_000);
  }));

Deno.test("a restart asks again for the longer candles behind the last one that is stored", () =>
  withStore(async (store) => {
    const first = { feed: madeFeed(trades(140)), history: coarseHistory({}) };
    await collectFrom(store, first, { keys });
    assert.deepEqual(await short(store, MINUTES), ["60 50 traded"]);
    const asked: string[] = [], history = coarseHistory({ 120: 77, 180: 88 }, asked);
    await collectFrom(store, { feed: madeFeed(trades(440)), history }, { keys });
    assert.deepEqual(asked.filter((one) => one.startsWith("1m")), ["1m 60 120"]);
    assert.deepEqual((await short(store, MINUTES)).slice(0, 3), [
      "60 50 traded",
      "120 77 backfilled",
      "180 50 traded",
    ]);
    assert.deepEqual((await short(store, THREE))[0], "180 88 backfilled");
  }));

Deno.test("a longer candle that lacks its end is asked for before the next one is stored", () =>
  withStore(async (store) => {
    const feed = madeFeed([
      batch(event(0, { price: 5 }), event(50_000, { price: 6 })),
      lost(58_000, 131_000, event(131_000, { price: 7 })),
      batch(event(185_000, { price: 8 })),
    ]);
    const asked: string[] = [], history = coarseHistory({ 60: 70, 120: 71, 180: 72 }, asked);
    await collectFrom(store, { feed, history }, { keys: [SECONDS, MINUTES] });
    assert.deepEqual(asked.slice(1), ["1m 0 120", "1m 120 180"]);
    assert.deepEqual(await stored(store, MINUTES), [
      "60 70 71 70 70 2 backfilled",
      "120 71 72 71 71 2 backfilled",
      "180 72 73 72 72 2 backfilled",
    ]);
  }));
