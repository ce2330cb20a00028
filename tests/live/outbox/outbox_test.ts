import assert from "node:assert/strict";
import { type Job, MOST_ROWS, Outbox } from "../../../engine/live/outbox/outbox.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { StoreError, UnreachableError } from "../../../engine/ports/store_errors.ts";
import { FakeClock } from "../fake_clock.ts";

/** An outbox whose jobs are noted, and fail while `fails` is set. */
function outbox(mostRows?: number) {
  const clock = new FakeClock(), stop = new AbortController();
  const state = {
    fails: undefined as Error | undefined,
    done: [] as number[],
    told: [] as string[],
  };
  const box = new Outbox({
    store: {} as Store,
    clock,
    trouble: (message) => state.told.push(message),
    stopping: stop.signal,
    mostRows,
  });
  const job = (id: number, rows = 1): Job => ({
    rows,
    store: async () => {
      await Promise.resolve();
      if (state.fails) throw state.fails;
      state.done.push(id);
    },
  });
  return { box, clock, stop, state, job };
}

/** Lets what waits for nothing go on. */
const turns = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

Deno.test("jobs are stored in order, once", async () => {
  const { box, job, state } = outbox();
  [1, 2, 3].forEach((id) => box.add(job(id)));
  await box.send();
  await box.send();
  assert.deepEqual(state.done, [1, 2, 3]);
  assert.ok(box.isEmpty);
});

Deno.test("while the store is away its user goes on, until there is no room; then it waits", async () => {
  const { box, clock, job, state } = outbox();
  state.fails = new UnreachableError("Cannot reach it");
  box.add(job(1));
  const first = box.send();
  await turns();
  clock.advance(250);
  await first;
  assert.equal(box.rows, 1);
  box.add(job(2, MOST_ROWS));
  let went = false;
  const second = box.send().then(() => went = true);
  for (let i = 0; i < 100; i++) {
    clock.advance(250);
    await turns();
  }
  assert.ok(!went);
  assert.deepEqual(state.told.length, 1);
  state.fails = undefined;
  clock.advance(5_000);
  await second;
  assert.deepEqual(state.done, [1, 2]);
  assert.match(state.told[1], /is back/);
});

Deno.test("the room can be set: a row more than fits has to wait", async () => {
  const { box, clock, job, state } = outbox(3);
  state.fails = new UnreachableError("Cannot reach it");
  for (const id of [1, 2, 3]) {
    box.add(job(id));
    let went = false;
    box.send().then(() => went = true);
    await turns();
    clock.advance(250);
    await turns();
    assert.equal(went, id < 3, `${id}`);
  }
});

Deno.test("a job that waits takes more until it is large", async () => {
  const { box, job } = outbox(), large = job(2, 5_000);
  const stored = Promise.withResolvers<void>(), begun = { rows: 1, store: () => stored.promise };
  box.add(begun);
  assert.ok(box.takesMore(begun));
  const sent = box.send();
  await turns();
  const waiting = job(1, 4_999);
  [waiting, large].forEach((one) => box.add(one));
  assert.deepEqual([begun, waiting, large, job(3)].map((one) => box.takesMore(one)), [
    ...[false, true, false, false],
  ]);
  stored.resolve();
  await sent;
});

Deno.test("the store is tried ever less often, and at least every five seconds", async () => {
  const { box, clock, job, state } = outbox();
  let tries = 0;
  state.fails = new UnreachableError("Cannot reach it");
  box.add({ ...job(1), store: () => Promise.reject((tries++, state.fails)) });
  const sending = box.send();
  await turns();
  for (let second = 0; second < 60; second += 0.1) {
    clock.advance(100);
    await turns();
  }
  await sending;
  assert.ok(tries >= 5 + 60 / 5 - 2 && tries <= 6 + 60 / 5, `${tries}`);
});

Deno.test("what no second try mends is told to whoever brings the next", async () => {
  const { box, job, state } = outbox();
  state.fails = new StoreError("It refuses");
  box.add(job(1));
  await assert.rejects(box.send(), /It refuses/);
  await assert.rejects(box.drain(), /It refuses/);
});

Deno.test("who stops does not wait for a store that is away", async () => {
  const { box, job, stop, state } = outbox();
  state.fails = new UnreachableError("Cannot reach it");
  box.add(job(1));
  const drained = box.drain();
  await turns();
  stop.abort();
  await drained;
  assert.equal(box.rows, 1);
});

Deno.test("who stops waits for a store that hangs for two seconds, and longer while it gets on", async () => {
  const { box, clock, stop, state, job } = outbox();
  const stored = Promise.withResolvers<void>();
  box.add({ ...job(1), store: () => stored.promise });
  const never = job(2);
  box.add({ ...never, store: () => new Promise(() => {}) });
  let drained = false;
  box.drain().then(() => drained = true);
  stop.abort();
  await turns();
  clock.advance(250);
  await turns();
  clock.advance(1_999);
  stored.resolve();
  await turns();
  clock.advance(1);
  await turns();
  assert.ok(!drained, "one more was stored");
  clock.advance(2_000);
  await turns();
  assert.ok(drained);
  assert.deepEqual([box.rows, state.told], [1, []]);
});

Deno.test("who stops while there is no room goes on at once", async () => {
  const { box, clock, stop, job } = outbox(1);
  box.add({ ...job(1), store: () => new Promise(() => {}) });
  const sent = box.send();
  await turns();
  stop.abort();
  clock.advance(250);
  await sent;
});
