import assert from "node:assert/strict";
import { systemClock } from "../../../engine/live/system_clock.ts";
import type { Feed } from "../../../engine/ports/feed.ts";
import { withStore } from "../../support/database.ts";
import { collectFrom, SECONDS, stored } from "../collecting.ts";
import { batch, BTC, event, madeFeed, NINE, silence } from "../made_feed.ts";
import { lost, madeHistory } from "../made_history.ts";

Deno.test("silence behind a hole that was filled is at the hole's last price", () =>
  withStore(async (store) => {
    const asked: number[] = [], made = madeHistory({ 3: 60, 4: 61 });
    const history: typeof made = {
      candles(key, from, to, signal) {
        asked.push(from - NINE);
        return made.candles(key, from, to, signal);
      },
    };
    const feed = madeFeed([
      batch(event(0, { price: 5 }), event(1_000, { price: 6 })),
      lost(2_000, 4_000),
      silence(8_500),
    ]);
    const { gaps } = await collectFrom(store, { feed, history });
    assert.deepEqual((await stored(store)).slice(2), [
      "3 60 61 60 60 2 backfilled",
      "4 61 62 61 61 2 backfilled",
      "5 61 61 61 61 0 empty",
      "6 61 61 61 61 0 empty",
    ]);
    assert.deepEqual([asked, gaps], [[2_000], 0], "the exchange is asked for the hole alone");
  }));

Deno.test("a feed that broke off is not asked again for what it told as lost", () =>
  withStore(async (store) => {
    const asked: (number | undefined)[] = [];
    const feed: Feed = {
      priceDecimals: () => Promise.resolve(undefined),
      async *trades([instrument], since) {
        await Promise.resolve();
        asked.push(since(instrument));
        if (asked.length > 1) return;
        yield batch(event(0), event(1_000));
        yield lost(1_500, 5_000);
        throw new Error("cut");
      },
    };
    const clock = {
      ...systemClock,
      sleep: (time: number, signal?: AbortSignal) => systemClock.sleep(time / 100, signal),
    };
    await collectFrom(store, { feed }, { clock });
    assert.deepEqual(asked, [undefined, NINE + 5_000]);
  }));

Deno.test("a candle that somebody else has stored otherwise stands, and that is told", () =>
  withStore(async (store) => {
    const told: string[] = [], prices = { open: 1, high: 1, low: 1, close: 1 };
    const theirs = { time: NINE + 2_000, ...prices, volume: 1, trades: 1, kind: "traded" as const };
    const feed: Feed = {
      priceDecimals: () => Promise.resolve(undefined),
      async *trades() {
        yield batch(event(0), event(1_000));
        await store.marketData.upsertCandle(SECONDS, theirs);
        yield batch(event(2_000), event(3_000));
      },
    };
    const watch = { trouble: (text: string) => told.push(text) };
    const { conflicts } = await collectFrom(store, { feed }, { watch });
    assert.equal(conflicts, 1);
    assert.match(told.join("\n"), /Cannot store the 1s candle .*09:00:02.*BTC\/USDT on made/);
    assert.deepEqual((await stored(store)).map((row) => row.split(" ")[1]), ["100", "1", "100"]);
    assert.deepEqual(await store.marketData.gaps(BTC), []);
  }));
