import assert from "node:assert/strict";
import { verifyNightly } from "../../../engine/live/verify/nightly.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { eventually } from "../../support/eventually.ts";
import { FakeClock } from "../fake_clock.ts";
import { recordingBus } from "../faults.ts";
import { type Decided, withDecided } from "./tampered.ts";

const HOUR = 3_600_000, DAY = 24 * HOUR, NOON = Date.UTC(2024, 7, 8, 12);

/** Begins to verify by night at three; `mine` are at work here. Ends with the test. */
async function withNights(
  { store, mine }: { store: Store; mine: () => readonly string[] },
  test: (clock: FakeClock, told: string[], bus: ReturnType<typeof recordingBus>) => Promise<void>,
): Promise<void> {
  const clock = new FakeClock(NOON), bus = recordingBus(), told: string[] = [];
  const stopping = new AbortController(), stop = stopping.signal;
  const log = (message: string) => void told.push(message);
  const nights = verifyNightly({ store, bus, clock, log, stop, hour: 3, mine });
  try {
    await test(clock, told, bus);
  } finally {
    stopping.abort();
    await nights;
  }
}

/** When each bot was verified last. */
async function verified({ store, ids }: Decided): Promise<(number | undefined)[]> {
  const bots = await Promise.all(ids.map((id) => store.bots.find(id)));
  return bots.map((bot) => bot!.verification?.at);
}

/** Waits until it sleeps until the next night. */
const asleep = (clock: FakeClock) => eventually("it sleeps", () => clock.sleeping === 1);

Deno.test("each night bots that are at work here are verified, and once a week those that are nowhere", () =>
  withDecided(60, async (decided) => {
    const { store, ids: [mine, theirs, idle] } = decided;
    await store.bots.stop(idle, "done");
    await withNights({ store, mine: () => [mine] }, async (clock, told) => {
      await asleep(clock);
      clock.advance(15 * HOUR - 1);
      assert.deepEqual(await verified(decided), [undefined, undefined, undefined]);
      clock.advance(1);
      const first = NOON + 15 * HOUR;
      await eventually("two are verified", async () => (await verified(decided))[2] === first);
      assert.deepEqual(await verified(decided), [first, undefined, first]);
      await asleep(clock);
      clock.advance(DAY);
      await eventually("mine is again", async () => (await verified(decided))[0] === first + DAY);
      await asleep(clock);
      assert.deepEqual(await verified(decided), [first + DAY, undefined, first]);
      // Somebody has done it since the hour struck.
      const ahead = first + 3 * DAY;
      for (const [id, at] of [[mine, ahead], [idle, first]] as const) {
        await store.bots.recordVerification(id, { at, to: null, outcome: "same", detail: "" });
      }
      clock.advance(DAY);
      await asleep(clock);
      assert.equal((await verified(decided))[0], ahead);
      for (let night = 3; night <= 8; night++) {
        clock.advance(DAY);
        await asleep(clock);
      }
      assert.deepEqual(await verified(decided), [first + 8 * DAY, undefined, first + 8 * DAY]);
      assert.deepEqual(told, []);
      assert.equal((await store.bots.find(theirs))!.status, "running");
    });
  }));

Deno.test("what cannot be verified one night is said, and is verified the next", () =>
  withDecided(60, async (decided) => {
    const { store, ids } = decided;
    let isAway = true;
    const away: Store = {
      ...store,
      performance: {
        ...store.performance,
        months: () => isAway ? Promise.reject(new Error("away")) : store.performance.months(),
      },
    };
    await withNights({ store: away, mine: () => ids }, async (clock, told) => {
      await asleep(clock);
      clock.advance(15 * HOUR);
      await eventually("all have been tried", () => told.length === ids.length);
      assert.equal(told[0], `${ids[0]}: could not be verified: away`);
      isAway = false;
      await asleep(clock);
      clock.advance(DAY);
      const second = NOON + 15 * HOUR + DAY;
      await eventually(
        "all are",
        async () => (await verified(decided)).every((at) => at === second),
      );
    });
  }));

Deno.test("it rests while it verifies, and stops in the middle when it is to stop", () =>
  withDecided(60, async (decided) => {
    const { store, ids: [id] } = decided;
    let now = 0;
    class SlowClock extends FakeClock {
      override monotonic(): number {
        return now += 1_000;
      }
    }
    const clock = new SlowClock(NOON), stopping = new AbortController(), told: string[] = [];
    const nights = verifyNightly({
      ...{ store, bus: recordingBus(), clock, stop: stopping.signal, hour: 3, mine: () => [id] },
      log: (message) => told.push(message),
    });
    await asleep(clock);
    clock.advance(15 * HOUR);
    // A second of work, by this clock, and four of rest.
    await asleep(clock);
    clock.advance(3_999);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal((await store.bots.find(id))!.verification, undefined);
    stopping.abort();
    await nights;
    assert.equal((await store.bots.find(id))!.verification, undefined);
    assert.deepEqual(told, []);
  }));
