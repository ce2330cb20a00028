/** What is told when the process ends, over real sockets and by the machine's own clock. */
import assert from "node:assert/strict";
import { systemClock } from "../../engine/live/system_clock.ts";
import { startNotifier } from "../../engine/notify/notifier.ts";
import type { Look } from "../../engine/notify/observer.ts";
import { notifySettings, receiversOf } from "../../engine/notify/settings.ts";
import { eventually } from "../support/eventually.ts";
import { type Answers, type Received, withServer } from "./receiving.ts";

interface At {
  received: Received[];
  logged: string[];
  /** What is found from now on. */
  find: (look: () => Promise<Look>) => void;
  close: () => Promise<void>;
}

const bot = (id: string, trades: number) => ({
  ...{ id, status: "running" as const, reason: "", restarts: 0, trades },
});
const found = (trades: number) => () => Promise.resolve({ bots: [bot("a", trades)], stale: [] });

/** A notifier that has looked once, and seen a bot with 3 trades. */
async function withNotifier(
  answers: Answers,
  use: (at: At) => Promise<void>,
  stop?: AbortSignal,
): Promise<void> {
  await withServer(answers, async ({ url, received }) => {
    const settings = notifySettings.parse({
      receivers: [{ kind: "webhook", url: `${url}/bots`, level: "info" }],
    });
    const logged: string[] = [];
    let find = found(3) as () => Promise<Look>, looks = 0;
    const notifier = startNotifier({
      ...{ receivers: receiversOf(settings, () => ""), perMinute: 1, clock: systemClock, stop },
      log: (line) => logged.push(line),
      look: () => find().finally(() => looks++),
    });
    await eventually("a look", () => looks === 1);
    await use({ received, logged, find: (look) => find = look, close: notifier.close });
  });
}

const texts = (received: Received[]) => received.map(({ body }) => JSON.parse(body).text);

Deno.test("it looks a last time, and sends what it finds", () =>
  withNotifier(() => ({ status: 200 }), async ({ received, logged, find, close }) => {
    find(found(5));
    await close();
    assert.deepEqual(texts(received), ["a: 2 trades were closed, 5 so far"]);
    assert.deepEqual(logged, []);
  }));

Deno.test("who does not answer is not waited for when the process is stopped, and that is said", () => {
  const stop = AbortSignal.abort();
  return withNotifier(() => "hang", async ({ logged, find, close }) => {
    find(found(5));
    await close();
    assert.deepEqual(logged, ["notify: webhook was not told of 1 happening: the process ended"]);
  }, stop);
});

Deno.test("it says that the last look failed", () =>
  withNotifier(() => ({ status: 200 }), async ({ received, logged, find, close }) => {
    find(() => Promise.reject(new Error("no answer")));
    await close();
    assert.equal(received.length, 0);
    assert.deepEqual(logged, [
      "notify: nobody is told of what happened last, since the last look failed: no answer",
    ]);
  }));
