import assert from "node:assert/strict";
import { BotManager } from "../../../engine/live/manager/bot_manager.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { systemClock } from "../../../engine/live/system_clock.ts";
import type { Sharing } from "../../../engine/live/manager/sharing.ts";
import { UnreachableError } from "../../../engine/ports/store_errors.ts";
import { withStore } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { FakeClock } from "../fake_clock.ts";
import { deafBus, type Fault, unreachableStore } from "../faults.ts";
import {
  CANDLES,
  CONFIGS,
  decided,
  makeBots,
  stopping,
  storeCandles,
  takeOver,
} from "../made_bots.ts";

/** A store whose first claim is given up here, and is done by the database when `arrive` is called. */
function lateClaims(store: Store) {
  let first = true, arrive = (): Promise<unknown> => Promise.reject(new Error("no claim was made"));
  const late: Store = {
    ...store,
    bots: {
      ...store.bots,
      claim: (...claim) => {
        if (!first) return store.bots.claim(...claim);
        first = false;
        arrive = () => store.bots.claim(...claim);
        return Promise.reject(new UnreachableError("Cannot take a bot over: no answer"));
      },
    },
  };
  return { store: late, arrive: () => arrive() };
}

/** Runs one bot, whose first claim arrives once the second has been answered and it is at work. */
async function withLateClaim(
  store: Store,
  test: (
    run: { manager: BotManager; clock: FakeClock; id: string; told: string[] },
  ) => Promise<void>,
  fault: Fault = { on: false },
  sharing?: Sharing,
): Promise<void> {
  const clock = new FakeClock(), told: string[] = [], late = lateClaims(store);
  const broken = unreachableStore(fault, late.store);
  const lease = { ms: 2_000, clock: systemClock }, log = (line: string) => told.push(line);
  const manager = new BotManager(broken, deafBus, clock, log, lease, sharing);
  await stopping([manager], async () => {
    const [id] = await makeBots(store, CONFIGS.slice(0, 1));
    await storeCandles(store, 0, 10);
    manager.start(id);
    await eventually("it stands by", () => clock.sleeping === 1);
    clock.advance(1_000);
    await decided(store, 10, 1);
    await eventually("it sleeps", () => clock.sleeping === 1);
    await late.arrive();
    await test({ manager, clock, id, told });
  });
}

Deno.test("a bot whose own claim arrives late claims again, and goes on", () =>
  withStore((store) =>
    withLateClaim(store, async ({ manager, clock, id, told }) => {
      await storeCandles(store, 10, 20);
      clock.advance(1_000);
      await eventually("it is told", () => told.length === 3 && clock.sleeping === 1);
      assert.equal(told[2], `${id}: a claim of ours came late, and is made again`);
      clock.advance(1_000);
      await decided(store, 20, 1);
      const { status, restarts } = (await store.bots.find(id))!;
      assert.deepEqual([status, restarts, manager.in("working")], ["running", [], [id]]);
      assert.ok(!manager.lost.aborted);
    })
  ));

Deno.test("a bot whose own claim arrives late ends as finished when its source does", () =>
  withStore((store) =>
    withLateClaim(store, async ({ manager, id }) => {
      await manager.finish("the tape ended");
      assert.equal((await store.bots.find(id))!.status, "finished");
      assert.deepEqual(manager.in("elsewhere"), []);
    })
  ));

Deno.test("a bot that cannot see whose it is claims nothing until it can", () =>
  withStore(async (store) => {
    const fault: Fault = { on: false };
    // The database goes away between its refusal and the question who it was.
    const cut: Store = {
      ...store,
      commit: (decision) =>
        store.commit(decision).catch((error) => {
          fault.on = true;
          throw error;
        }),
    };
    await withLateClaim(cut, async ({ manager, clock, id, told }) => {
      await takeOver(store, id, "another runner");
      await storeCandles(store, 10, 20);
      clock.advance(1_000);
      for (let second = 0; second < 5; second++) {
        await eventually("it stands by", () => fault.on && clock.sleeping === 1);
        clock.advance(1_000);
        await eventually("it is awake", () => clock.sleeping === 0);
      }
      fault.on = false;
      await eventually("it stands by", () => clock.sleeping === 1);
      clock.advance(1_000);
      await eventually("it is told", () => manager.in("elsewhere").length === 1);
      assert.match(told[2], /waits for the database: Cannot reach the database/);
      assert.equal(told.at(-1), `${id}: taken over by another runner`);
      assert.equal((await store.bots.find(id))!.owner, "another runner");
    }, fault);
  }));

Deno.test("a bot whose own claim arrives late can be handed back all the same", () =>
  withStore(async (store) => {
    let why: string | undefined;
    const sharing: Sharing = {
      refuses: () => why,
      works: () => Promise.resolve(),
      startAnew: () => Promise.reject(new Error("nobody asked for that")),
    };
    await withLateClaim(
      store,
      async ({ manager, clock, id, told }) => {
        why = "it is no longer wanted here";
        const late = `${id}: a claim of ours came late, and is made again`;
        await eventually("it is told", () => told.includes(late) && clock.sleeping === 1);
        clock.advance(1_000);
        await eventually("it is left", () => manager.in("elsewhere").length === 1);
        const { owner, reason } = (await store.bots.find(id))!;
        assert.deepEqual([owner, reason], [undefined, why]);
      },
      { on: false },
      sharing,
    );
  }));

Deno.test("a bot that is ours by a claim that came after we had left it is decided here", () =>
  withStore((store) =>
    withLateClaim(store, async ({ manager, clock, id }) => {
      const { owner } = (await store.bots.find(id))!;
      await takeOver(store, id, "another runner");
      await eventually("it is left", () => {
        clock.advance(1_000);
        return manager.in("elsewhere").length === 1;
      });
      await store.bots.renew(owner!, 3_600_000);
      await store.bots.release("another runner");
      await store.bots.claim(id, { owner: owner!, leaseMs: 3_600_000 });
      await storeCandles(store, 10, 20);
      await eventually("it is decided", async () => {
        clock.advance(1_000);
        return (await store.bots.find(id))!.cursor === CANDLES[19].time;
      });
      assert.deepEqual(manager.in("working"), [id]);
    })
  ));

Deno.test("a bot that is ours and that nobody decides, whatever holds that up, is claimed anew", () =>
  withStore(async (store) => {
    const never = Promise.withResolvers<number>();
    let claims = 0;
    const silent: Store = {
      ...store,
      bots: {
        ...store.bots,
        claim: async (...claim) => {
          const epoch = await store.bots.claim(...claim);
          return ++claims > 1 ? epoch : await never.promise;
        },
      },
    };
    const told: string[] = [], lease = { ms: 8_000, clock: new FakeClock() };
    const log = (line: string) => told.push(line);
    const manager = new BotManager(silent, deafBus, systemClock, log, lease);
    await stopping([manager], async () => {
      const [id] = await makeBots(store, CONFIGS.slice(0, 1));
      await storeCandles(store, 0, 10);
      manager.start(id);
      const isDecided = async () => {
        lease.clock.advance(2_000);
        return (await store.bots.find(id))!.cursor === CANDLES[9].time;
      };
      await eventually("it is decided", isDecided)
        .finally(() => never.reject(new UnreachableError("No answer")));
      assert.deepEqual(told, [
        `${id}: nobody decides it, although it is ours: it is claimed again`,
      ]);
      assert.deepEqual([claims, manager.in("working")], [2, [id]]);
    });
  }));
