import assert from "node:assert/strict";
import type { FeedBatch } from "../../engine/ports/feed.ts";
import { withStore } from "../support/database.ts";
import { collect, collectFrom, MINUTES, SECONDS, stored } from "./collecting.ts";
import { batch, event, madeFeed, NINE, silence } from "./made_feed.ts";

Deno.test("a market that is silent right behind a restart stays at the last stored close", () =>
  withStore(async (store) => {
    await collect(store, [
      batch(event(0, { price: 5 }), event(900, { price: 7 })),
      batch(event(1_000, { price: 6 })),
    ]);
    assert.deepEqual(await stored(store), ["1 5 7 5 7 2 traded"]);
    // The trade of the second interval is lost: what is known of it is the close before.
    await collect(store, [batch(event(3_000, { price: 9 })), silence(6_000)]);
    assert.deepEqual(await stored(store), [
      "1 5 7 5 7 2 traded",
      "2 7 7 7 7 0 empty",
      "3 7 7 7 7 0 empty",
      "4 9 9 9 9 1 traded",
    ]);
  }));

Deno.test("behind a restart the feed is asked for what lies behind the shortest candles, and the longer ones go on from those", () =>
  withStore(async (store) => {
    const keys = [SECONDS, MINUTES];
    const feed: FeedBatch[] = [0, 30_000, 60_000, 61_000, 62_000].map((at) => batch(event(at)));
    await collect(store, feed, { keys });
    let asked: number | undefined;
    const made = madeFeed([...feed, batch(event(120_000)), batch(event(121_000))]);
    const watched = {
      ...made,
      trades: (...[instruments, since, signal]: Parameters<typeof made.trades>) => {
        asked = since(instruments[0]);
        return made.trades(instruments, since, signal);
      },
    };
    await collectFrom(store, { feed: watched }, { keys });
    assert.equal(asked, NINE + 62_000);
    assert.deepEqual(await stored(store, MINUTES), [
      "60 100 100 100 100 2 traded",
      "120 100 100 100 100 3 traded",
    ]);
    assert.equal((await stored(store)).length, 121);
  }));
