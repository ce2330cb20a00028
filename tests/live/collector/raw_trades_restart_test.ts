import assert from "node:assert/strict";
import type { FeedEvent } from "../../../engine/ports/feed.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { withStore } from "../../support/database.ts";
import { collect, SECONDS, stored } from "../collecting.ts";
import { batch, BTC, event, NINE } from "../made_feed.ts";

const options = { keys: [SECONDS], rawTrades: true };

function withId(one: FeedEvent, id: string, fills?: number): FeedEvent {
  return { ...one, trade: { ...one.trade, id, ...(fills && { fills }) } };
}

async function rawIds(store: Store): Promise<string[]> {
  const trades = await store.rawTrades.between(BTC, "trade", NINE, NINE + 60_000);
  return trades.map(({ id }) => id);
}

Deno.test("a late trade that only the process that died knew is kept beside its candle", () =>
  withStore(async (store) => {
    const early = [0, 1_000, 2_500].map((at, i) => withId(event(at), `${100 + 10 * i}`));
    await collect(store, [batch(...early)], options);
    const late = withId(event(500, { price: 90, amount: 5 }), "105");
    const again = [early[0], late, ...early.slice(1), withId(event(4_000), "130")];
    await collect(store, [batch(...again)], options);
    assert.equal((await stored(store, SECONDS, "latest"))[0], "1 100 100 90 90 6 traded");
    assert.deepEqual(await rawIds(store), ["100", "105", "110", "120", "130"]);
  }));

Deno.test("trades of a venue whose numbers go up and down are all kept behind a restart", () =>
  withStore(async (store) => {
    const before = [withId(event(0), "500"), withId(event(1_100), "900")];
    await collect(store, [batch(...before)], options);
    const behind = [[1_500, "300"], [2_500, "301"], [3_500, "950"]] as const;
    const news = behind.map(([at, id]) => withId(event(at), id));
    await collect(store, [batch(...before, ...news)], options);
    assert.deepEqual(await rawIds(store), ["500", "900", "300", "301", "950"]);
    const volumes = (await stored(store)).map((row) => row.split(" ")[5]);
    assert.deepEqual(volumes, ["1", "2", "1"]);
  }));

Deno.test("fills of an order that is kept as one trade are not kept again singly", () =>
  withStore(async (store) => {
    const big = "9007199254740993", first = [withId(event(0), "9007199254740990")];
    const joined = withId(event(1_100, { amount: 6 }), big, 3);
    await collect(store, [batch(...first, joined)], options);
    const singly = [1n, 2n, 3n].map((n) => {
      return withId(event(1_100, { amount: Number(n) }), `${9007199254740990n + n}`);
    });
    const next = withId(event(2_500), "9007199254740994");
    await collect(store, [batch(...first, ...singly, next)], options);
    assert.deepEqual(await rawIds(store), ["9007199254740990", big, "9007199254740994"]);
    assert.equal((await stored(store))[1], "2 100 100 100 100 6 traded");
  }));
