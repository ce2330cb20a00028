import assert from "node:assert/strict";
import { forgivingBus } from "../../../engine/bus/forgiving_bus.ts";
import { openPostgresBus } from "../../../engine/bus/postgres_bus.ts";
import { BotManager } from "../../../engine/live/manager/bot_manager.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { starting } from "../../storage/bare_bot.ts";
import { withStore } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { FakeClock } from "../fake_clock.ts";
import { deafBus, type Fault, faultyBus, localBus, lossyBus } from "../faults.ts";
import {
  CANDLES,
  CONFIGS,
  cursors,
  decided,
  makeBots,
  stopping,
  storeCandles,
} from "../made_bots.ts";

Deno.test("bots decide what is stored when they are woken, also from before they were started", () =>
  withStore(async (store, { url }) => {
    const bus = await openPostgresBus(url), manager = new BotManager(store, bus, new FakeClock());
    try {
      await stopping([manager], async () => {
        for (const id of await makeBots(store)) manager.start(id);
        await eventually(
          "they wait",
          async () => (await store.bots.list()).every(({ status }) => status === "running"),
        );
        await storeCandles(store, 0, 50);
        // A wake-up may come before they listen; the clock stands still.
        const wake = () => bus.publish("market:BTC/USDT", { time: 0 });
        await eventually("woken", async () => {
          await wake();
          return (await cursors(store)).every((cursor) => cursor === CANDLES[49].time);
        });
      });
    } finally {
      await bus.close();
    }
  }));

Deno.test("a wake-up that comes while a bot looks makes it look again", () =>
  withStore(async (store) => {
    const clock = new FakeClock(), bus = localBus();
    let late: (() => Promise<void>) | undefined;
    const racing: Store = {
      ...store,
      marketData: {
        ...store.marketData,
        async candles(...args) {
          const found = await store.marketData.candles(...args);
          await late?.();
          return found;
        },
      },
    };
    const manager = new BotManager(racing, bus, clock);
    await stopping([manager], async () => {
      const [id] = await makeBots(store, CONFIGS.slice(0, 1));
      late = async () => {
        late = undefined;
        await storeCandles(store, 0, 10);
        await bus.publish("market:BTC/USDT", { time: 0 });
      };
      manager.start(id);
      await decided(store, 10, 1);
    });
  }));

Deno.test("bots look at once when the bus says that it may have lost messages", () =>
  withStore(async (store) => {
    const clock = new FakeClock(), bus = lossyBus(), manager = new BotManager(store, bus, clock);
    await stopping([manager], async () => {
      for (const id of await makeBots(store)) manager.start(id);
      await eventually("they sleep", () => clock.sleeping === 3);
      await storeCandles(store, 0, 10);
      bus.lose();
      await decided(store, 10);
    });
  }));

Deno.test("bots that no message reaches look for themselves every second", () =>
  withStore(async (store) => {
    const clock = new FakeClock(), manager = new BotManager(store, deafBus, clock);
    await stopping([manager], async () => {
      for (const id of await makeBots(store)) manager.start(id);
      await eventually("they sleep", () => clock.sleeping === 3);
      for (let rows = 10; rows <= 40; rows += 10) {
        await storeCandles(store, rows - 10, rows);
        clock.advance(1_000);
        await decided(store, rows);
        await eventually("they sleep", () => clock.sleeping === 3);
      }
    });
  }));

Deno.test("bots do their work while the bus fails", () =>
  withStore(async (store) => {
    const clock = new FakeClock(), told: string[] = [], fault: Fault = { on: true };
    const log = (message: string) => told.push(message);
    const manager = new BotManager(store, forgivingBus(faultyBus(fault), log), clock, log);
    await stopping([manager], async () => {
      await storeCandles(store, 0, 200);
      for (const id of await makeBots(store)) manager.start(id);
      await decided(store, 200);
      await eventually("they sleep", () => clock.sleeping === 3);
      await storeCandles(store, 200, 300);
      clock.advance(1_000);
      await decided(store, 300);
      await manager.finish("done");
    });
    assert.deepEqual(told, [
      "Nobody is woken now, and everyone looks by the clock: Cannot reach the bus: it is off",
    ]);
    for (const { status } of await store.bots.list()) assert.equal(status, "finished");
  }));

Deno.test("a bot that is idle says that it is alive", () =>
  withStore(async (store) => {
    const clock = new FakeClock(), manager = new BotManager(store, deafBus, clock);
    await stopping([manager], async () => {
      const [id] = await makeBots(store, CONFIGS.slice(0, 1));
      manager.start(id);
      const begun = clock.now(), beats: (number | undefined)[] = [];
      for (let second = 1; second <= 11; second++) {
        await eventually("it sleeps", () => clock.sleeping === 1);
        beats.push((await store.bots.find(id))!.heartbeat);
        clock.advance(1_000);
      }
      const five = (at: number) => Array<number>(5).fill(at);
      assert.deepEqual(beats, [...five(begun), ...five(begun + 5_000), begun + 10_000]);
    });
  }));

Deno.test("those that were at work are restored, and nobody else", () =>
  withStore(async (store) => {
    const names = ["running", "stopped", "finished", "crashed", "quarantined"] as const;
    const configs = names.map((name) => ({ ...CONFIGS[0], name }));
    const ids = await makeBots(store, configs);
    for (const [i, id] of ids.entries()) {
      const epoch = await store.bots.claim(id, starting("a dead runner", 1));
      await store.bots.setStatus(id, epoch, names[i], "");
    }
    await storeCandles(store, 0, 10);
    const manager = new BotManager(store, deafBus, new FakeClock());
    await stopping([manager], async () => {
      assert.deepEqual((await manager.restore()).toSorted(), [ids[0], ids[3]].toSorted());
      await decided(store, 10, 2);
      await manager.caughtUp();
    });
    const none = new BotManager(store, deafBus, new FakeClock());
    assert.deepEqual(await none.restore(({ id }) => id === ids[1]), []);
    const undecided = (await store.bots.list()).filter(({ cursor }) => cursor === undefined);
    assert.deepEqual(
      undecided.map(({ id }) => id).toSorted(),
      [ids[1], ids[2], ids[4]].toSorted(),
    );
  }));

Deno.test("a bot that is stopped finishes its transaction first, and stays running for a restore", () =>
  withStore(async (store) => {
    let release = () => {}, committing = false;
    const held = new Promise<void>((resolve) => release = resolve);
    const slow: Store = {
      ...store,
      commit: async (decision) => {
        committing = true;
        await held;
        await store.commit(decision);
      },
    };
    const [id] = await makeBots(store, CONFIGS.slice(0, 1));
    await storeCandles(store, 0, 10);
    const manager = new BotManager(slow, deafBus, new FakeClock());
    manager.start(id);
    await eventually("it commits", () => committing);
    let stopped = false;
    const stop = manager.stop().then(() => stopped = true);
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve, 1));
    assert.ok(!stopped);
    assert.equal((await store.bots.find(id))!.cursor, undefined);
    release();
    await stop;
    const { cursor, status } = (await store.bots.find(id))!;
    assert.deepEqual([cursor, status], [CANDLES[9].time, "running"]);
  }));
