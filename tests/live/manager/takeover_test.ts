import assert from "node:assert/strict";
import { BotClaim } from "../../../engine/live/manager/bot_claim.ts";
import { BotManager } from "../../../engine/live/manager/bot_manager.ts";
import { systemClock } from "../../../engine/live/system_clock.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { EndedError, LeasedError, UnreachableError } from "../../../engine/ports/store_errors.ts";
import { withStore } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { FakeClock } from "../fake_clock.ts";
import { deafBus, type Fault, unreachableStore } from "../faults.ts";
import {
  CANDLES,
  CONFIGS,
  decided,
  makeBots,
  resume,
  stopping,
  storeCandles,
  writtenBy,
} from "../made_bots.ts";

/** A lease that ends soon, and one that does not. */
const SOON = 300, HOUR = 3_600_000;

/** A runner that lives while its clock goes on, and freezes with it; and what it tells. */
function mortalRunner(store: Store, ms = SOON) {
  const clock = new FakeClock(), told: string[] = [];
  const log = (message: string) => told.push(message);
  return { clock, told, manager: new BotManager(store, deafBus, clock, log, { ms, clock }) };
}

/** A runner that is alive. */
function liveRunner(store: Store, ms = SOON) {
  const told: string[] = [], log = (message: string) => told.push(message);
  const settings = { ms, clock: systemClock };
  return { told, manager: new BotManager(store, deafBus, systemClock, log, settings) };
}

/** Resolves when all bots were taken over, once. */
function takenOver({ bots }: Store): Promise<void> {
  return eventually(
    "they are taken over",
    async () => (await bots.list()).every(({ epoch }) => epoch === 2),
  );
}

/** Holds what the bots wrote to what others write that nobody disturbs. */
async function assertUndisturbed(store: Store, rows: number): Promise<void> {
  await withStore(async (other) => {
    await storeCandles(other, 0, rows);
    for (const id of await makeBots(other)) {
      const bot = await resume(id, other);
      while (await bot.processCandles() > 0);
      assert.deepEqual(await writtenBy(store, id), await writtenBy(other, id), id);
    }
  });
}

Deno.test("the bots of a runner that froze move to another, and it writes nothing when it wakes", () =>
  withStore(async (store) => {
    const first = mortalRunner(store), second = liveRunner(store);
    await stopping([first.manager, second.manager], async () => {
      const ids = await makeBots(store);
      await storeCandles(store, 0, 10);
      for (const id of ids) first.manager.start(id);
      await decided(store, 10);
      await eventually("they sleep", () => first.clock.sleeping === ids.length + 1);
      for (const id of ids) second.manager.start(id);
      await takenOver(store);
      await storeCandles(store, 10, 20);
      await decided(store, 20);
      first.clock.advance(5_000);
      await eventually("the first is told", () => first.manager.in("elsewhere").length === 3);
      assert.deepEqual(
        first.told.toSorted(),
        ids.map((id) => `${id}: taken over by another runner`).toSorted(),
      );
      assert.ok(!first.manager.lost.aborted, "it stands by");
      await first.manager.finish("the tape ended");
      for (const { status } of await store.bots.list()) assert.equal(status, "running");
      assert.deepEqual(second.manager.in("working"), ids);
    });
    await assertUndisturbed(store, 20);
  }));

Deno.test("a runner that has not heard yet that its bots moved does not finish them", () =>
  withStore(async (store) => {
    const first = mortalRunner(store), second = liveRunner(store);
    await stopping([first.manager, second.manager], async () => {
      const ids = await makeBots(store);
      await storeCandles(store, 0, 10);
      for (const id of ids) first.manager.start(id);
      await decided(store, 10);
      for (const id of ids) second.manager.start(id);
      await takenOver(store);
      await first.manager.finish("the tape ended");
      assert.deepEqual(first.manager.in("elsewhere"), ids);
      for (const { status } of await store.bots.list()) assert.equal(status, "running");
    });
  }));

Deno.test("a runner keeps its bots while it lives; one that stops hands them over at once", () =>
  withStore(async (store) => {
    const first = liveRunner(store, HOUR), second = liveRunner(store);
    await stopping([first.manager, second.manager], async () => {
      const ids = await makeBots(store);
      for (const id of ids) first.manager.start(id);
      await eventually(
        "the first has them",
        async () => (await store.bots.list()).every(({ owner }) => owner !== undefined),
      );
      for (const id of ids) second.manager.start(id);
      await eventually("the second waits", () => second.manager.in("elsewhere").length === 3);
      assert.deepEqual(
        second.told.toSorted(),
        ids.map((id) => `${id}: another runner has it`).toSorted(),
      );
      await first.manager.stop();
      await takenOver(store);
      await storeCandles(store, 0, 10);
      await decided(store, 10);
    });
  }));

Deno.test("a runner that waited for bots does not when they are finished elsewhere", () =>
  withStore(async (store) => {
    const first = liveRunner(store, HOUR), second = liveRunner(store);
    await stopping([first.manager, second.manager], async () => {
      const ids = await makeBots(store);
      await storeCandles(store, 0, 10);
      for (const id of ids) first.manager.start(id);
      await decided(store, 10);
      for (const id of ids) second.manager.start(id);
      await eventually("the second waits", () => second.manager.in("elsewhere").length === 3);
      let caughtUp = false;
      const done = second.manager.caughtUp().then(() => caughtUp = true);
      assert.ok(!caughtUp);
      await first.manager.finish("the tape ended");
      await done;
      assert.deepEqual(second.manager.in("ended"), ids);
      await eventually("it is noticed that none is left", () => second.manager.lost.aborted);
    });
    for (const { status, owner } of await store.bots.list()) {
      assert.deepEqual([status, owner], ["finished", undefined]);
    }
  }));

Deno.test("what was at work elsewhere and was ended there is not started by who waited for it", () =>
  withStore(async (store) => {
    const [id] = await makeBots(store), terms = { leaseMs: HOUR };
    const epoch = await store.bots.claim(id, { ...terms, owner: "first", starts: true });
    const waiting = new BotClaim(id, { store, claim: { ...terms, owner: "second" } }, true);
    await assert.rejects(waiting.make(), LeasedError);
    await store.bots.setStatus(id, epoch, "finished", "the tape ended");
    await assert.rejects(waiting.make(), EndedError);
    assert.equal((await store.bots.find(id))?.status, "finished");
  }));

Deno.test("a start whose answer was lost is not made again once a person has stopped the bot", () =>
  withStore(async (store) => {
    for (const isStopped of [true, false]) {
      const [id] = await makeBots(
        store,
        CONFIGS.slice(0, 1).map((config) => ({
          ...config,
          name: `stopped ${isStopped}`,
        })),
      );
      let first = true;
      const claim: Store["bots"]["claim"] = async (...claimed) => {
        const epoch = await store.bots.claim(...claimed);
        if (!first) return epoch;
        first = false;
        throw new UnreachableError("The answer was lost");
      };
      const lossy = { ...store, bots: { ...store.bots, claim } };
      const place = { store: lossy, claim: { leaseMs: HOUR, owner: "us" } };
      const start = new BotClaim(id, place, true);
      await assert.rejects(start.make(), UnreachableError);
      if (isStopped) await store.bots.stop(id, "by a person");
      await (isStopped ? assert.rejects(start.make(), EndedError) : start.make());
      assert.equal((await store.bots.find(id))?.status, isStopped ? "stopped" : "running");
    }
  }));

Deno.test("runners that fight for bots without end leave what one leaves", () =>
  withStore(async (store) => {
    // No lease lasts as long as it takes to renew it.
    const runners = [1, 2, 3].map(() => liveRunner(store, 1));
    await stopping(runners.map(({ manager }) => manager), async () => {
      const ids = await makeBots(store);
      for (const id of ids) for (const { manager } of runners) manager.start(id);
      const fights = () => runners.flatMap(({ told }) => told).length;
      let rows = 0;
      await eventually("they have fought", async () => {
        if (rows < 200) await storeCandles(store, rows, ++rows);
        return rows === 200 && fights() > 30;
      });
      await storeCandles(store, rows, CANDLES.length);
      await decided(store, CANDLES.length);
      const bad = (await store.bots.list()).filter(({ restarts }) => restarts.length > 0);
      assert.deepEqual(bad, []);
    });
    await assertUndisturbed(store, CANDLES.length);
  }));

Deno.test("a bot that somebody stops is let go, and is not started again by itself", () =>
  withStore(async (store) => {
    const fault: Fault = { on: false },
      { manager, clock, told } = mortalRunner(
        unreachableStore(fault, store),
        HOUR,
      );
    await stopping([manager], async () => {
      const [first, second] = await makeBots(store, CONFIGS.slice(0, 2));
      for (const id of [first, second]) manager.start(id);
      await eventually("they sleep", () => clock.sleeping === 3);
      await store.bots.stop(first, "I said so");
      await storeCandles(store, 0, 10);
      clock.advance(1_000);
      await eventually("it is let go", () => manager.in("ended").length === 1);
      assert.deepEqual(told, [`${first}: stopped: I said so`]);
      // The other one is stopped while the database is away for its runner, which then takes it anew.
      await eventually("it sleeps", () => clock.sleeping === 2);
      fault.on = true;
      clock.advance(1_000);
      await eventually("it stands by", () => told.length === 2 && clock.sleeping === 2);
      await store.bots.stop(second, "and so");
      fault.on = false;
      clock.advance(1_000);
      await eventually("it is let go", () => manager.lost.aborted);
      assert.equal(told[2], `${second}: stopped: and so`);
    });
    for (const { status } of await store.bots.list()) assert.equal(status, "stopped");
  }));
