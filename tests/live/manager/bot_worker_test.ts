import assert from "node:assert/strict";
import { answering } from "../../../engine/live/answering.ts";
import { BotManager } from "../../../engine/live/manager/bot_manager.ts";
import { SYSTEM_CHANNEL } from "../../../engine/ports/bus.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { UnreachableError } from "../../../engine/ports/store_errors.ts";
import { withStore } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { FakeClock } from "../fake_clock.ts";
import { deafBus, type Fault, recordingBus, unreachableStore } from "../faults.ts";
import { CONFIGS, decided, makeBots, stopping, storeCandles } from "../made_bots.ts";

/** A store on which one bot cannot commit while `fault` is on; counts how often it is taken over. */
function failingFor(store: Store, bad: string, fault: Fault) {
  const counted = {
    claims: 0,
    store: {
      ...store,
      bots: {
        ...store.bots,
        claim: (...[id, claim]: Parameters<Store["bots"]["claim"]>) => {
          if (id === bad) counted.claims++;
          return store.bots.claim(id, claim);
        },
      },
      commit: (...[decision]: Parameters<Store["commit"]>) =>
        fault.on && decision.botId === bad
          ? Promise.reject(new Error("a bug"))
          : store.commit(decision),
    } satisfies Store,
  };
  return counted;
}

Deno.test("a bot that crashes is restarted three times in an hour, then quarantined and announced", () =>
  withStore(async (store) => {
    const clock = new FakeClock(), bus = recordingBus(), told: string[] = [];
    const about: unknown[] = [];
    const [bad, ...good] = await makeBots(store), counted = failingFor(store, bad, { on: true });
    const manager = new BotManager(counted.store, bus, clock, (message, what) => {
      told.push(message);
      about.push(what);
    });
    await stopping([manager], async () => {
      await storeCandles(store, 0, 20);
      for (const id of [bad, ...good]) manager.start(id);
      for (const [i, seconds] of [1, 2, 4].entries()) {
        await eventually("it waits", () => told.length === i + 1 && clock.sleeping === 3);
        assert.equal(told[i], `${bad}: crashed, starting again in ${seconds} s: a bug`);
        const { status, reason, restarts } = (await store.bots.find(bad))!;
        assert.deepEqual([status, reason, restarts.length], ["crashed", "a bug", i + 1]);
        clock.advance(1_000 * seconds - 1);
        await eventually("the others sleep", () => clock.sleeping === 3);
        assert.equal(counted.claims, i + 1);
        clock.advance(1);
        await eventually("it is started again", () => counted.claims === i + 2);
      }
      await eventually("quarantined", () => told.length === 4);
      assert.equal(told[3], `${bad}: crashed again, quarantined: a bug`);
      const { exchange, symbol } = (await store.bots.find(bad))!.config.market;
      const known = { level: "error", bot: bad, market: `${exchange} ${symbol}` };
      assert.deepEqual(about, [known, known, known, known]);
      assert.deepEqual(manager.in("quarantined"), [bad]);
      assert.deepEqual(manager.in("working"), good);
      assert.ok(!manager.lost.aborted);
      const { status, reason } = (await store.bots.find(bad))!;
      assert.deepEqual([status, reason], ["quarantined", "a bug"]);
      const announced = { event: "quarantined", bot: bad, reason: "a bug" };
      assert.deepEqual(bus.published.filter(([channel]) => channel === SYSTEM_CHANNEL), [
        [SYSTEM_CHANNEL, announced],
      ]);
      await decided(store, 20, 2);
      await storeCandles(store, 20, 30);
      await eventually("the others sleep", () => clock.sleeping === 2);
      clock.advance(1_000);
      await decided(store, 30, 2);
      await manager.caughtUp();
      await manager.finish("done");
    });
    const statuses = (await store.bots.list()).map(({ id, status }) => [id, status]);
    assert.deepEqual(
      Object.fromEntries(statuses),
      { [bad]: "quarantined", [good[0]]: "finished", [good[1]]: "finished" },
    );
  }));

Deno.test("a bot that crashes now and then is restarted for ever, and goes on where it was", () =>
  withStore(async (store) => {
    const clock = new FakeClock(), fault: Fault = { on: false };
    const [bad] = await makeBots(store, CONFIGS.slice(0, 1));
    const counted = failingFor(store, bad, fault),
      manager = new BotManager(counted.store, deafBus, clock);
    await stopping([manager], async () => {
      manager.start(bad);
      for (let round = 1; round <= 6; round++) {
        await eventually("it sleeps", () => clock.sleeping === 1);
        fault.on = true;
        await storeCandles(store, 20 * round - 20, 20 * round);
        clock.advance(1_200_000);
        await eventually(
          "it has crashed",
          async () => (await store.bots.find(bad))!.status === "crashed" && clock.sleeping === 1,
        );
        fault.on = false;
        clock.advance(4_000);
        await decided(store, 20 * round, 1);
      }
      assert.equal(counted.claims, 7);
    });
  }));

Deno.test("a bot gives a sign of life as soon as it is started, though it has nothing to decide", () =>
  withStore(async (store) => {
    const clock = new FakeClock(), [id] = await makeBots(store, CONFIGS.slice(0, 1));
    for (const hours of [0, 1]) {
      clock.advance(3_600_000 * hours);
      const manager = new BotManager(store, deafBus, clock);
      await stopping([manager], async () => {
        manager.start(id);
        await eventually("it sleeps", () => clock.sleeping === 1);
        assert.equal((await store.bots.find(id))!.heartbeat, clock.now());
      });
    }
  }));

Deno.test("a database that was away is not a bot's fault", () =>
  withStore(async (store) => {
    const clock = new FakeClock(), fault: Fault = { on: false }, told: string[] = [];
    const broken = unreachableStore(fault, store);
    const manager = new BotManager(broken, deafBus, clock, (message) => told.push(message));
    await stopping([manager], async () => {
      for (const id of await makeBots(store)) manager.start(id);
      await eventually("they sleep", () => clock.sleeping === 3);
      await storeCandles(store, 0, 20);
      fault.on = true;
      for (let second = 1; second <= 10; second++) {
        clock.advance(1_000);
        await eventually("they stand by", () => told.length === 3 && clock.sleeping === 3);
      }
      for (const line of told) {
        assert.match(line, /waits for the database: Cannot reach the database/);
      }
      fault.on = false;
      clock.advance(1_000);
      await decided(store, 20);
      for (const { status, restarts } of await store.bots.list()) {
        assert.deepEqual([status, restarts], ["running", []]);
      }
      assert.deepEqual(told.slice(3).map((line) => line.split(": ")[1]), Array(3).fill("goes on"));
    });
  }));

Deno.test("a database that can be read and takes no decisions is not a bot's fault either", () =>
  withStore(async (store) => {
    const clock = new FakeClock();
    let full = false;
    const readable: Store = {
      ...store,
      commit: (decision) =>
        full ? Promise.reject(new UnreachableError("Its disk is full")) : store.commit(decision),
    };
    const manager = new BotManager(readable, deafBus, clock);
    await stopping([manager], async () => {
      const [id] = await makeBots(store, CONFIGS.slice(0, 1));
      manager.start(id);
      await eventually("it sleeps", () => clock.sleeping === 1);
      full = true;
      await storeCandles(store, 0, 20);
      for (let second = 1; second <= 10; second++) {
        clock.advance(1_000);
        await eventually("it is awake", () => clock.sleeping === 0);
        await eventually("it stands by", () => clock.sleeping === 1);
      }
      full = false;
      clock.advance(1_000);
      await decided(store, 20, 1);
      const { status, restarts } = (await store.bots.find(id))!;
      assert.deepEqual([status, restarts], ["running", []]);
    });
  }));

for (const written of [false, true]) {
  const when = written ? "behind" : "before";
  Deno.test(`a bot that waits for ever ${when} its transaction starts again, and decides nothing twice`, () =>
    withStore(async (store) => {
      const clock = new FakeClock(), told: string[] = [];
      let silent = true;
      const mute: Store = {
        ...store,
        commit: async (decision) => {
          if (written || !silent) await store.commit(decision);
          if (silent) await new Promise(() => silent = false);
        },
      };
      const patient = answering(mute, "The database", clock);
      const manager = new BotManager(patient, deafBus, clock, (message) => told.push(message));
      await stopping([manager], async () => {
        const [id] = await makeBots(store, CONFIGS.slice(0, 1));
        await storeCandles(store, 0, 100);
        manager.start(id);
        await eventually("it waits for its answer", () => !silent && clock.sleeping === 1);
        clock.advance(20_000);
        await eventually("it stands by", () => clock.sleeping === 1 && told.length > 0);
        assert.deepEqual(told, [
          `${id}: waits for the database: The database has not answered for 20 s`,
        ]);
        clock.advance(1_000);
        await decided(store, 100, 1);
        await eventually("it sleeps", () => clock.sleeping === 1);
        assert.deepEqual((await store.bots.find(id))!.restarts, []);
        assert.equal((await store.performance.ofBot(id)).length, 100);
      });
    }));
}

Deno.test("a bot whose state is of another run ends in quarantine, not in wrong numbers", () =>
  withStore(async (store) => {
    const clock = new FakeClock(), told: string[] = [];
    const broken: Store = {
      ...store,
      bots: { ...store.bots, snapshot: () => Promise.resolve(new Uint8Array(8)) },
    };
    const manager = new BotManager(broken, deafBus, clock, (message) => told.push(message));
    await stopping([manager], async () => {
      const [id] = await makeBots(store, CONFIGS.slice(0, 1));
      await storeCandles(store, 0, 10);
      manager.start(id);
      for (const seconds of [1, 2, 4]) {
        await eventually("it waits", () => clock.sleeping === 1);
        clock.advance(1_000 * seconds);
        await eventually("it is awake", () => clock.sleeping === 0);
      }
      await eventually("quarantined", () => manager.in("quarantined").length === 1);
      assert.match(told[3], /quarantined: Cannot restore/);
      assert.equal((await store.bots.find(id))!.cursor, undefined);
    });
  }));
