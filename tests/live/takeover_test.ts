import assert from "node:assert/strict";
import { BotManager } from "../../engine/live/bot_manager.ts";
import { withStore } from "../support/database.ts";
import { eventually } from "./eventually.ts";
import { FakeClock } from "./fake_clock.ts";
import { deafBus } from "./faults.ts";
import { decided, makeBots, stopping, storeCandles } from "./made_bots.ts";

Deno.test("a manager whose bots were taken over says so, and leaves them alone", () =>
  withStore(async (store) => {
    const told: string[] = [], clock = new FakeClock();
    const first = new BotManager(store, deafBus, clock, (message) => told.push(message));
    const second = new BotManager(store, deafBus, clock);
    await stopping([first, second], async () => {
      const ids = await makeBots(store);
      await storeCandles(store, 0, 10);
      for (const id of ids) first.start(id);
      await decided(store, 10);
      await eventually("they sleep", () => clock.sleeping === 3);
      for (const id of ids) second.start(id);
      await eventually("all sleep", () => clock.sleeping === 6);
      await storeCandles(store, 10, 20);
      clock.advance(1_000);
      await eventually("the first is told", () => first.lost.aborted);
      await decided(store, 20);
      assert.deepEqual(first.in("taken over"), ids);
      assert.deepEqual(
        told.toSorted(),
        ids.map((id) => `${id}: taken over by another runner`).toSorted(),
      );
      await first.finish("the tape ended");
      for (const { status } of await store.bots.list()) assert.equal(status, "running");
      assert.deepEqual(second.in("working"), ids);
      assert.ok(!second.lost.aborted);
    });
  }));

Deno.test("a manager that has not heard yet that its bots were taken over does not finish them", () =>
  withStore(async (store) => {
    const clock = new FakeClock(), first = new BotManager(store, deafBus, clock);
    const second = new BotManager(store, deafBus, clock);
    await stopping([first, second], async () => {
      const ids = await makeBots(store);
      await storeCandles(store, 0, 10);
      for (const id of ids) first.start(id);
      await eventually("they sleep", () => clock.sleeping === 3);
      for (const id of ids) second.start(id);
      await eventually("all sleep", () => clock.sleeping === 6);
      await first.finish("the tape ended");
      assert.deepEqual(first.in("taken over"), ids);
      for (const { status } of await store.bots.list()) assert.equal(status, "running");
    });
  }));
