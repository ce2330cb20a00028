import assert from "node:assert/strict";
import { answering, NoAnswerError } from "../../engine/live/answering.ts";
import type { Bus } from "../../engine/ports/bus.ts";
import { StoreError } from "../../engine/ports/store_errors.ts";
import { starting } from "../storage/bare_bot.ts";
import { withStore } from "../support/database.ts";
import { FakeClock } from "./fake_clock.ts";
import { deafBus } from "./faults.ts";
import { CANDLES, CONFIGS, makeBots, storeCandles } from "./made_bots.ts";

Deno.test("what answers in time is as it was, and nobody waits for it any longer", () =>
  withStore(async (store) => {
    const clock = new FakeClock(), patient = answering(store, "The database", clock);
    const [id] = await makeBots(patient);
    await storeCandles(patient, 0, 10);
    assert.deepEqual(await patient.bots.find(id), await store.bots.find(id));
    const last = await patient.marketData.latestCandle(CONFIGS[0].market);
    assert.deepEqual(last, CANDLES[9]);
    await assert.rejects(patient.bots.claim("nobody", starting("me")), {
      name: "StoreError",
      message: /There is no bot "nobody"/,
    });
    assert.equal(clock.sleeping, 0);
  }));

Deno.test("what does not answer fails after 20 s, and may answer later without harm", async () => {
  const clock = new FakeClock();
  for (const fails of [false, true]) {
    let answer = () => {};
    const bus: Bus = {
      ...deafBus,
      publish: async () => {
        await new Promise<void>((resolve) => answer = resolve);
        if (fails) throw new StoreError("Too late to tell");
      },
    };
    const published = answering(bus, "The bus", clock).publish("a", {});
    const failed: unknown[] = [];
    const done = published.catch((error) => failed.push(error));
    clock.advance(19_999);
    await new Promise((resolve) => setTimeout(resolve, 0));
    assert.deepEqual(failed, []);
    clock.advance(1);
    await done;
    assert.deepEqual(failed, [new NoAnswerError("The bus has not answered for 20 s")]);
    answer();
    await new Promise((resolve) => setTimeout(resolve, 0));
    assert.equal(clock.sleeping, 0);
  }
});
