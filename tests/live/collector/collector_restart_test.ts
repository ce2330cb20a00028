import assert from "node:assert/strict";
import type { FeedBatch } from "../../../engine/ports/feed.ts";
import { systemClock } from "../../../engine/live/system_clock.ts";
import { newBot } from "../../../engine/live/bots/run_record.ts";
import { parityConfigs } from "../../laws/parity_configs.ts";
import { starting } from "../../storage/bare_bot.ts";
import { withStore } from "../../support/database.ts";
import { collect, collectFrom, MINUTES, SECONDS, stored } from "../collecting.ts";
import { batch, BTC, event, madeFeed, NINE, silence } from "../made_feed.ts";

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
    assert.equal(asked, NINE);
    assert.deepEqual(await stored(store, MINUTES), [
      "60 100 100 100 100 2 traded",
      "120 100 100 100 100 3 traded",
    ]);
    assert.equal((await stored(store)).length, 121);
  }));

Deno.test("a restart makes up for late trades that were not stored when the process was killed", () =>
  withStore(async (store) => {
    const keys = [SECONDS, MINUTES], prices = [5, 6, 7, 8], late = { price: 90, amount: 5 };
    const early = [0, 30_000, 61_000, 95_000].map((at, i) => event(at, { price: prices[i] }));
    await collect(store, [batch(...early), batch(event(125_000, { price: 4 }))], { keys });
    const [first] = await stored(store, MINUTES);
    assert.equal(first, "60 5 6 5 6 2 traded");
    // What came late and was known to nobody but the process that died.
    const again = [early[0], event(30_500, late), ...early.slice(1), event(126_000, { price: 4 })];
    const { revisions } = await collect(store, [batch(...again)], { keys });
    assert.deepEqual(await stored(store, MINUTES), [first, "120 7 8 7 8 2 traded"]);
    assert.equal((await stored(store, MINUTES, "latest"))[0], "60 5 90 5 90 7 traded");
    const seconds = await stored(store, SECONDS, "latest");
    assert.deepEqual([seconds[30], seconds[31], seconds[60], seconds[61]], [
      "31 6 90 6 90 6 traded",
      "32 90 90 90 90 0 empty",
      "61 90 90 90 90 0 empty",
      "62 7 7 7 7 1 traded",
    ]);
    assert.equal(revisions, 32);
    const tables = await stored(store, SECONDS, "latest");
    const third = await collect(store, [batch(...again), batch(event(127_000))], { keys });
    assert.equal(third.revisions, 0);
    assert.deepEqual((await stored(store, SECONDS, "latest")).slice(0, tables.length), tables);
  }));

Deno.test("a restart makes a longer candle anew whose shorter ones were revised before the process died", () =>
  withStore(async (store) => {
    const keys = [SECONDS, MINUTES], trades = [0, 30_000, 61_000, 125_000].map((at) => event(at));
    await collect(store, [batch(...trades)], { keys });
    const row = (await store.marketData.candles(SECONDS)).row(30);
    await store.marketData.revise(SECONDS, [{
      ...row,
      high: 105,
      volume: row.volume + 3,
      trades: 4,
    }]);
    await collect(store, [batch(...trades, event(126_000))], { keys });
    assert.equal((await stored(store, MINUTES, "latest"))[0], "60 100 105 100 100 5 traded");
  }));

Deno.test("a feed that has forgotten what came before a restart takes nothing from stored candles", () =>
  withStore(async (store) => {
    const trades = [0, 500, 1_000, 2_200, 3_000].map((at) => event(at, { price: 50 }));
    await collect(store, [batch(...trades)]);
    const before = await stored(store, SECONDS, "latest");
    await collect(store, [
      batch(event(2_300, { price: 51, amount: 0.1 }), event(4_000), event(5_000)),
    ]);
    assert.deepEqual((await stored(store, SECONDS, "latest")).slice(0, before.length), before);
  }));

Deno.test("trades that are fetched singly behind a restart are not stored beside the push that held them", () =>
  withStore(async (store) => {
    const fill = (id: number, amount: number, fills?: number) => {
      const made = event(1_100, { amount });
      return { ...made, trade: { ...made.trade, id: `${id}`, ...(fills && { fills }) } };
    };
    const options = { rawTrades: true };
    await collect(store, [batch(event(0)), batch(fill(7_000_103, 3, 3))], options);
    const singly = [101, 102, 103].map((id) => fill(7_000_000 + id, 1));
    await collect(store, [batch(event(0), ...singly), batch(event(2_000))], options);
    const raw = await store.rawTrades.between(BTC, "trade", NINE + 1_000, NINE + 2_000);
    assert.deepEqual(raw.map(({ id, amount }) => [id, amount]), [["7000103", 3]]);
    assert.equal((await stored(store))[1], "2 100 100 100 100 3 traded");
    assert.equal((await store.marketData.candles(SECONDS)).row(1).trades, 3);
  }));

Deno.test("a late trade at the very start of what is made once more is in it", () =>
  withStore(async (store) => {
    const early = [0, 1_000, 2_500].map((at) => event(at, { price: 5 }));
    await collect(store, [batch(...early)]);
    const late = event(0, { price: 9, amount: 2 });
    await collect(store, [batch(early[0], late, ...early.slice(1), event(4_000, { price: 5 }))]);
    assert.equal((await stored(store, SECONDS, "latest"))[0], "1 5 9 5 9 3 traded");
  }));

Deno.test("a process that was killed before its first candle is made up for from where its bots began", () =>
  withStore(async (store) => {
    const [config] = await parityConfigs([BTC]), began = NINE + 1_500;
    const bot = newBot(config, { decimals: 1, anchor: NINE, start: began });
    await store.bots.create(bot);
    await store.bots.claim(bot.id, starting("the first"));
    const clock = { ...systemClock, now: () => began + 2_000 };
    const killed = [batch(event(2_100, { price: 5 }))];
    await collect(store, killed, { clock });
    assert.deepEqual(await stored(store), []);
    let asked: number | undefined;
    const all = [2_100, 2_900, 3_500, 4_200].map((at, i) => event(at, { price: 5 + i }));
    const made = madeFeed([batch(...all)]);
    const watched = {
      ...made,
      trades: (...[instruments, since, signal]: Parameters<typeof made.trades>) => {
        asked = since(instruments[0]);
        return made.trades(instruments, since, signal);
      },
    };
    await collectFrom(store, { feed: watched }, { clock });
    assert.equal(asked, began);
    assert.deepEqual(await stored(store), ["3 5 6 5 6 2 traded", "4 7 7 7 7 1 traded"]);
  }));

Deno.test("a market of which nothing came for a year begins when something comes", () =>
  withStore(async (store) => {
    const [config] = await parityConfigs([BTC]);
    const bot = newBot(config, { decimals: 1, anchor: 0, start: 0 });
    await store.bots.create(bot);
    await store.bots.claim(bot.id, starting("the first"));
    await collect(store, [batch(...[2_100, 3_500, 4_200].map((at) => event(at, { price: 5 })))]);
    assert.deepEqual(await stored(store), ["4 5 5 5 5 1 traded"]);
  }));
