/** A market that cannot be collected is no trouble to the bots of others, also of the same exchange. */
import assert from "node:assert/strict";
import { Collector } from "../../engine/live/collector/collector.ts";
import { newBot } from "../../engine/live/bots/run_record.ts";
import { BotManager } from "../../engine/live/manager/bot_manager.ts";
import { type Runner, shareBots } from "../../engine/live/share_bots.ts";
import { systemClock } from "../../engine/live/system_clock.ts";
import { InputError } from "../../engine/market/errors.ts";
import type { Feed } from "../../engine/ports/feed.ts";
import type { Store } from "../../engine/ports/store.ts";
import { UnreachableError } from "../../engine/ports/store_errors.ts";
import { starting } from "../storage/bare_bot.ts";
import { withStore } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { FakeClock } from "./fake_clock.ts";
import { deafBus } from "./faults.ts";
import { CONFIGS, decided, makeBots, stopping, storeCandles } from "./made_bots.ts";

const [one, two, three] = CONFIGS;
const GONE = { ...three, market: { ...three.market, symbol: "GONE/USDT" } };

/** Counts who listens for which symbols; refuses those that are in `refused`, and gives no trades. */
function silentFeed(refused: Set<string>) {
  const asked: string[] = [];
  const feed: Feed = {
    priceDecimals: () => Promise.resolve(undefined),
    async *trades(instruments, _since, signal) {
      asked.push(...instruments.map(({ symbol }) => symbol));
      const bad = instruments.find(({ symbol }) => refused.has(symbol));
      if (bad) throw new InputError(`There is no market ${bad.symbol}`);
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      yield* [];
    },
  };
  return { asked, feed };
}

/** What shares bots on a store, collects for them from `feed`, and waits by a clock that stands. */
function runnerOn(store: Store, feed: Feed, starts: Partial<Runner> = {}) {
  const stop = new AbortController(), clock = new FakeClock(), told: string[] = [];
  const tell = (line: string) => void told.push(line);
  const sharing = shareBots({
    knows: () => true,
    providerOf: () => ({ feed }),
    newBot: () => Promise.reject(new Error("nobody asked for one")),
    ...starts,
  }, {
    ...{ store, clock, tell, known: [], collecting: {}, signal: stop.signal },
    collector: new Collector({ store, bus: deafBus, clock: systemClock }),
  });
  const end = async () => {
    stop.abort();
    await sharing.ended();
  };
  return { sharing, clock, told, tell, end };
}

Deno.test("bots of a market that cannot be collected are left to others for a while, and the others never notice", () =>
  withStore(async (store) => {
    const refused = new Set(["GONE/USDT"]), { asked, feed } = silentFeed(refused);
    const { sharing, clock, told, tell, end } = runnerOn(store, feed);
    const lease = { ms: 400, clock: systemClock };
    const manager = new BotManager(store, deafBus, systemClock, tell, lease, sharing);
    const tries = () => asked.filter((symbol) => symbol === "GONE/USDT").length;
    try {
      await stopping([manager], async () => {
        const [bad, ...good] = await makeBots(store, [GONE, one, two]);
        await storeCandles(store, 0, 10);
        for (const id of [bad, ...good]) manager.start(id);
        const rowOf = async (id: string) => (await store.bots.find(id))!;
        const why = "made GONE/USDT cannot be collected here: There is no market GONE/USDT";
        await eventually("its row says why", async () => (await rowOf(bad)).reason === why);
        const { status, owner, epoch } = await rowOf(bad);
        assert.deepEqual([status, owner], ["running", undefined]);
        await eventually("it is told", () => told.includes(`${bad}: handed back, for ${why}`));
        await storeCandles(store, 10, 20);
        await decided(store, 20, 2);
        assert.deepEqual([tries(), manager.in("working")], [1, good]);
        assert.deepEqual((await rowOf(bad)).epoch, epoch, "nobody tries it meanwhile");
        refused.clear();
        clock.advance(60_000);
        await eventually("it works again", async () => {
          const { owner, reason } = await rowOf(bad);
          return owner !== undefined && reason === "" && tries() === 2;
        });
        for (const id of good) {
          assert.equal((await rowOf(id)).epoch, 1, "it was never claimed again");
        }
      });
    } finally {
      await end();
    }
  }));

Deno.test("a bot that cannot be started anew, as its exchange is not known or its place is taken, is left, and that is told", () =>
  withStore(async (store) => {
    const known = new Set<string>();
    const { sharing, told, end } = runnerOn(store, silentFeed(new Set()).feed, {
      knows: (exchange) => known.has(exchange),
      newBot: (config) => Promise.resolve(newBot(config, { decimals: 2, anchor: 1_000, start: 0 })),
    });
    try {
      const [id] = await makeBots(store, [one]);
      const asked = { botId: id, wish: "start", by: "me", reason: "", notBefore: 0 } as const;
      assert.ok(await store.wishes.ask({ ...asked, number: 1 }, "stopped"));
      const [wish] = await store.wishes.open();
      assert.equal(await sharing.startAnew(wish), false);
      assert.deepEqual(await store.wishes.open(), [wish]);
      known.add(one.market.exchange);
      await store.bots.claim(id, starting("me"));
      assert.equal(await sharing.startAnew(wish), false);
      const why = "another run of its name is at work on the same instrument";
      assert.deepEqual(told, [`${id}: not started anew: ${why}`]);
      await store.bots.stop(id, "by me");
      assert.ok(await store.wishes.ask({ ...asked, number: 2 }, "stopped"));
      assert.equal(await sharing.startAnew({ ...wish, number: 2 }), true);
      const [heir] = (await store.bots.list()).filter((bot) => bot.id !== id);
      assert.equal(heir.status, "running");
      assert.equal(told.at(-1), `${id}: started anew: ${heir.id} trades instead`);
    } finally {
      await end();
    }
  }));

Deno.test("a database that is away as a market joins says nothing about the market", () =>
  withStore(async (store) => {
    const { asked, feed } = silentFeed(new Set());
    let away = 1;
    const weak: Store = {
      ...store,
      marketData: {
        ...store.marketData,
        latestCandle: (key) =>
          away-- > 0
            ? Promise.reject(new UnreachableError("No answer"))
            : store.marketData.latestCandle(key),
      },
    };
    const { sharing, clock, told, end } = runnerOn(weak, feed);
    try {
      await sharing.works(await makeBots(store, [one]));
      await eventually("it waits", () => clock.sleeping === 1);
      assert.equal(told.at(-1), "No answer");
      clock.advance(1_000);
      await eventually("it is collected", () => asked.length === 1);
    } finally {
      await end();
    }
  }));
