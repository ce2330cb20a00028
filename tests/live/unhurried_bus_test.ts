import assert from "node:assert/strict";
import { MOST_WAITING, unhurriedBus } from "../../engine/live/unhurried_bus.ts";
import { deafBus, recordingBus } from "./faults.ts";

Deno.test("a bus that hangs keeps nobody waiting, and keeps so many messages, the newest", async () => {
  const released = Promise.withResolvers<void>(), slow = recordingBus();
  const bus = unhurriedBus({
    ...deafBus,
    publish: async (channel, message) => {
      await released.promise;
      await slow.publish(channel, message);
    },
  });
  for (let i = 0; i <= MOST_WAITING + 5; i++) await bus.publish("a", { i });
  let sent = false;
  const sending = bus.sent().then(() => sent = true);
  await Promise.resolve();
  assert.ok(!sent);
  released.resolve();
  await sending;
  const numbers = slow.published.map(([, message]) => (message as { i: number }).i);
  // The first was on its way already.
  assert.deepEqual(numbers, [0, ...Array.from({ length: MOST_WAITING }, (_, i) => i + 6)]);
  await bus.sent();
});
