import assert from "node:assert/strict";
import { systemClock } from "../../../engine/live/system_clock.ts";
import type { Feed } from "../../../engine/ports/feed.ts";
import type { History } from "../../../engine/ports/history.ts";
import type { MarketKey } from "../../../engine/ports/store.ts";
import { withStore } from "../../support/database.ts";
import { collectFrom, SECONDS, stored } from "../collecting.ts";
import { eventually } from "../../support/eventually.ts";
import { batch, BTC, event, madeFeed, silence } from "../made_feed.ts";
import { lost, madeHistory } from "../made_history.ts";

const ETH: MarketKey = { exchange: "made", symbol: "ETH/USDT", timeframe: "1s" };

/** An exchange that gives nothing before `answer` is called, or that is given up. */
function slowHistory(history: History) {
  const { promise, resolve: answer } = Promise.withResolvers<void>();
  let asked = false;
  const slow: History = {
    async *candles(key, from, to, signal) {
      asked = true;
      const given = new Promise<void>((resolve) =>
        signal.addEventListener("abort", () => resolve())
      );
      await Promise.race([promise, given]);
      if (signal.aborted) throw new Error("given up");
      yield* history.candles(key, from, to, signal);
    },
  };
  return { history: slow, answer, wasAsked: () => asked };
}

/** Trades of both markets at these times, and one of them has a hole of two seconds. */
const begun = [
  batch(event(0, { price: 5 }), event(0, { instrument: ETH }), event(1_000, { price: 6 })),
  lost(2_500, 4_200, event(4_300, { price: 7 })),
];
const both = (second: number) =>
  batch(event(1_000 * second, { price: second }), event(1_000 * second + 1, { instrument: ETH }));

Deno.test("while a hole is filled its own market waits, and no other", () =>
  withStore(async (store) => {
    const { history, answer } = slowHistory(madeHistory({ 3: 60, 5: 7 }));
    const later = Array.from({ length: 15 }, (_, i) => both(5 + i));
    const late = batch(event(19_200, { price: 1 }), event(18_500, { price: 77, delay: 800 }));
    const feed = madeFeed([...begun, silence(4_900), ...later, late]), told: number[] = [];
    const watch = { progress: (time: number) => void told.push(time) };
    const done = collectFrom(store, { feed, history }, { keys: [SECONDS, ETH], watch });
    await eventually(
      "the other market goes on",
      async () => (await stored(store, ETH)).length === 19,
    );
    assert.equal((await stored(store)).length, 2);
    assert.equal(told.length, 1, "what waits is not stored");
    answer();
    const { late: lateOnes, revisions, gaps } = await done;
    const rest = Array.from({ length: 14 }, (_, i) => [6 + i, 5 + i]);
    assert.deepEqual(await stored(store), [
      "1 5 5 5 5 1 traded",
      "2 6 6 6 6 1 traded",
      "3 60 61 60 60 2 backfilled",
      "4 60 60 60 60 0 empty",
      "5 7 8 7 7 2 backfilled",
      ...rest.map(([time, price]) => `${time} ${price} ${price} ${price} ${price} 1 traded`),
    ]);
    assert.deepEqual([lateOnes, revisions, gaps], [1, 1, 0]);
    assert.equal((await stored(store, SECONDS, "latest"))[18], "19 18 77 18 77 2 traded");
  }));

Deno.test("what waits for a hole is bounded: then the feed is not read", () =>
  withStore(async (store) => {
    const { history, answer } = slowHistory(madeHistory({ 3: 60, 4: 60, 5: 7 })), seconds = 200;
    const inner = madeFeed([...begun, ...Array.from({ length: seconds }, (_, i) => both(5 + i))]);
    let read = 0, most = 0;
    const feed: Feed = {
      ...inner,
      async *trades(...asked) {
        for await (const one of inner.trades(...asked)) {
          read++;
          yield one;
        }
      },
    };
    const done = collectFrom(store, { feed, history }, { keys: [SECONDS, ETH], mostRows: 40 });
    await eventually("it is not read any more", async () => {
      const before = read;
      for (let i = 0; i < 50; i++) await systemClock.sleep(1);
      most = read;
      return read > 10 && before === read;
    });
    // For each trade that waits there is a time at which it came.
    assert.ok(most < 45, `${most} batches were read`);
    answer();
    await done;
    assert.equal(read, seconds + begun.length);
    assert.equal((await stored(store)).length, 5 + seconds - 1);
  }));

Deno.test("who stops while a hole is filled stores nothing behind it, and the next start fills it", () =>
  withStore(async (store) => {
    const { history, wasAsked } = slowHistory(madeHistory({})), stop = new AbortController();
    const all = [...begun, both(5), both(6)];
    const inner = madeFeed(all);
    const feed: Feed = {
      ...inner,
      async *trades(...asked) {
        yield* inner.trades(...asked);
        await eventually("the exchange is asked", wasAsked);
        stop.abort();
      },
    };
    await collectFrom(store, { feed, history }, { keys: [SECONDS, ETH], stop: stop.signal });
    assert.equal((await stored(store)).length, 2);
    assert.deepEqual(await store.marketData.gaps(BTC), []);
    const again = { feed: madeFeed(all), history: madeHistory({ 3: 60, 4: 61, 5: 7 }) };
    await collectFrom(store, again, { keys: [SECONDS, ETH] });
    assert.deepEqual((await stored(store)).map((row) => row.split(" ")[4]), [
      ...["5", "6", "60", "61", "7", "5"],
    ]);
    assert.deepEqual(await store.marketData.gaps(BTC), []);
  }));
