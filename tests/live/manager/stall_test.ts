/** Bots that get stuck although candles wait for them, beside bots that do not. */
import assert from "node:assert/strict";
import { BotManager } from "../../../engine/live/manager/bot_manager.ts";
import { MOST_LOOKS, StallWatch } from "../../../engine/live/manager/stall_watch.ts";
import { SYSTEM_CHANNEL, WISHES_CHANNEL } from "../../../engine/ports/bus.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { FencedError } from "../../../engine/ports/store_errors.ts";
import { withStore } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { FakeClock } from "../fake_clock.ts";
import { localBus, recordingBus } from "../faults.ts";
import {
  CANDLES,
  CONFIGS,
  decided,
  makeBots,
  stopping,
  storeCandles,
  writtenBy,
} from "../made_bots.ts";

/** A store on which decisions of one bot wait until they are let go, `times` times. */
function stuckStore(store: Store, bad: string, times: number) {
  const letGo: (() => Promise<void>)[] = [];
  const stuck: Store = {
    ...store,
    commit: (decision) => {
      if (decision.botId !== bad || letGo.length >= times) return store.commit(decision);
      return new Promise((resolve, reject) => {
        letGo.push(() => store.commit(decision).then(resolve, reject));
      });
    },
  };
  return { store: stuck, letGo };
}

Deno.test("a bot that gets stuck is dropped and started again, and writes nothing when it wakes", () =>
  withStore(async (store) => {
    const clock = new FakeClock(), told: string[] = [], ids = await makeBots(store);
    const [bad] = ids, { store: stuck, letGo } = stuckStore(store, bad, 1);
    const settings = { ms: 400, clock }, log = (message: string) => told.push(message);
    const manager = new BotManager(stuck, recordingBus(), clock, log, settings);
    await stopping([manager], async () => {
      for (const id of ids) manager.start(id);
      await storeCandles(store, 0, 20);
      await eventually("it is dropped", () => {
        clock.advance(100);
        return told.length > 0;
      });
      assert.deepEqual(told, [
        `${bad}: crashed, starting again in 1 s: it does not get on, although candles wait for it`,
      ]);
      await storeCandles(store, 20, 30);
      await eventually("all have decided", async () => {
        clock.advance(100);
        return (await store.bots.list()).every(({ cursor }) => cursor === CANDLES[29].time);
      });
      const before = await writtenBy(store, bad);
      await assert.rejects(store.commit({ ...await late(store, bad), epoch: 1 }), FencedError);
      await letGo[0]().catch(() => {});
      assert.deepEqual(await writtenBy(store, bad), before);
      assert.deepEqual((await store.bots.find(bad))!.restarts.length, 1);
      assert.equal(told.length, 1, "the others have never noticed");
    });
  }));

/** A decision on the cursor as it is. */
async function late(store: Store, botId: string) {
  const { cursor } = (await store.bots.find(botId))!;
  const none = { signals: [], refusals: [], fills: [], trades: [], performance: [] };
  const snapshot = new Uint8Array(), rest = { candles: 0, maxDrawdown: 0, ...none, snapshot };
  return { botId, previousCursor: cursor, cursor: cursor! + 1, ...rest };
}

Deno.test("a bot that gets stuck again and again ends in quarantine, announced, and nothing of it is written", () =>
  withStore(async (store) => {
    const clock = new FakeClock(), bus = recordingBus(), ids = await makeBots(store);
    const [bad, ...good] = ids, { store: stuck, letGo } = stuckStore(store, bad, Infinity);
    const manager = new BotManager(stuck, bus, clock, () => {}, { ms: 400, clock });
    await stopping([manager], async () => {
      for (const id of ids) manager.start(id);
      await storeCandles(store, 0, 20);
      await eventually("it is quarantined", () => {
        clock.advance(100);
        return manager.in("quarantined").length === 1;
      });
      const { status, reason, owner } = (await store.bots.find(bad))!;
      assert.deepEqual([status, owner], ["quarantined", undefined]);
      assert.match(reason, /does not get on/);
      const [announced] = bus.published.filter(([channel]) => channel === SYSTEM_CHANNEL);
      assert.deepEqual(announced[1], { event: "quarantined", bot: bad, reason });
      assert.equal(letGo.length, 4);
      for (const wake of letGo) await wake().catch(() => {});
      assert.equal((await store.bots.find(bad))!.cursor, undefined);
      assert.deepEqual(manager.in("working"), good);
      await decided(store, 20, 2);
    });
  }));

Deno.test("a bot that decides slowly is not called stuck, however often people ask something meanwhile", () =>
  withStore(async (store) => {
    const clock = new FakeClock(), told: string[] = [], bus = localBus();
    const [slow] = await makeBots(store, CONFIGS.slice(0, 1));
    const { store: stuck, letGo } = stuckStore(store, slow, 1);
    let looks = 0;
    const counting: Store = {
      ...stuck,
      bots: { ...stuck.bots, atWork: () => (looks++, stuck.bots.atWork()) },
    };
    const log = (message: string) => told.push(message);
    const manager = new BotManager(counting, bus, clock, log, { ms: 3_600_000, clock });
    await stopping([manager], async () => {
      manager.start(slow);
      await storeCandles(store, 0, 20);
      await eventually("it decides", () => (clock.advance(1_000), letGo.length === 1));
      const until = looks + 2 * MOST_LOOKS;
      await eventually("it was looked often", async () => {
        await bus.publish(WISHES_CHANNEL, {});
        return looks > until;
      });
      await letGo[0]();
      await decided(store, 20, 1);
      assert.deepEqual([told, (await store.bots.find(slow))!.restarts], [[], []]);
    });
  }));

Deno.test("only looks count that found the same thing where it was, with work to do", () => {
  const watch = new StallWatch(), thing = { progress: 1 };
  const looks = (count: number, hasWork = true) => {
    for (let i = 0; i < count; i++) if (watch.look(thing, hasWork)) return i + 1;
    return 0;
  };
  assert.equal(looks(1_000, false), 0);
  // The first one only sees where it is.
  assert.equal(looks(1_000), MOST_LOOKS);
  thing.progress++;
  assert.equal(looks(MOST_LOOKS), 0);
  assert.equal(looks(1, false), 0);
  assert.equal(looks(MOST_LOOKS), MOST_LOOKS);
  watch.forget();
  assert.equal(looks(MOST_LOOKS), 0);
  assert.equal(watch.look({ progress: 2 }, true), false, "it is another one");
});
