/** How runners share bots without anyone who tells them. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { BotManager } from "../../../engine/live/manager/bot_manager.ts";
import { fairShare, Sharer, type Sharing } from "../../../engine/live/manager/sharing.ts";
import { systemClock } from "../../../engine/live/system_clock.ts";
import type { BotWish } from "../../../engine/ports/bot_wishes.ts";
import type { BotAtWork } from "../../../engine/ports/bots.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { withStore } from "../../support/database.ts";
import { assertProperty } from "../../support/property.ts";
import { eventually } from "../../support/eventually.ts";
import { FakeClock } from "../fake_clock.ts";
import { deafBus } from "../faults.ts";
import { CONFIGS, decided, makeBots, stopping, storeCandles } from "../made_bots.ts";

const bot = (id: string, runner: string | undefined): BotAtWork => ({
  ...{ id, runner, isBehind: false, exchange: "made", version: 1 },
});

/** Lets runners look in turn, as they are told; returns who has what, and how often a bot moved. */
function play(holders: (string | undefined)[], turns: string[], lazy: ReadonlySet<string>) {
  const runners = [...new Set(turns)], sharers = new Map(runners.map((r) => [r, new Sharer(r)]));
  const bots = holders.map((runner, i) => bot(`bot ${i}`, runner));
  const moves: number[] = [];
  for (const owner of turns) {
    const seen = { bots: bots.map((one) => ({ ...one })), runners: runners.length };
    const { take, handBack } = sharers.get(owner)!.look(seen, true);
    let moved = 0;
    for (const one of bots) {
      if (handBack.includes(one.id) && one.runner === owner) moved++, one.runner = undefined;
      else if (take.includes(one.id) && !one.runner && !lazy.has(owner)) {
        moved++, one.runner = owner;
      }
    }
    moves.push(moved);
  }
  return { bots, moves, runners };
}

const NAMES = ["a", "b", "c", "d"];
const started = fc.tuple(
  fc.array(fc.constantFrom(...NAMES, undefined), { maxLength: 40 }),
  fc.integer({ min: 1, max: 4 }),
);

Deno.test("however bots are spread, each runner soon has its share, and nothing moves after that", () => {
  assertProperty(
    fc.property(started, ([holders, count]) => {
      const alive = NAMES.slice(0, count);
      // Those of runners that are gone are free.
      const held = holders.map((one) => one !== undefined && alive.includes(one) ? one : undefined);
      const turns = Array.from({ length: 12 }, () => alive).flat();
      const { bots, moves } = play(held, turns, new Set());
      const most = fairShare(bots.length, count);
      for (const name of alive) {
        assert.ok(bots.filter(({ runner }) => runner === name).length <= most);
      }
      assert.ok(bots.every(({ runner }) => runner !== undefined), "some are free");
      assert.deepEqual(moves.slice(4 * count).filter((moved) => moved > 0), []);
    }),
    500,
  );
});

Deno.test("what a runner hands back and nobody takes it takes again, and keeps", () => {
  const turns = Array.from({ length: 20 }, () => ["a", "b"]).flat();
  const { bots, moves } = play(["a", "a", "a", "a"], turns, new Set(["b"]));
  assert.ok(bots.every(({ runner }) => runner === "a"));
  assert.deepEqual(moves.slice(20).filter((moved) => moved > 0), []);
});

Deno.test("what is free is left to others for three beats, however often is looked in between", () => {
  const sharer = new Sharer("a"), bots = [bot("own", "a"), bot("free", undefined)];
  const takes = (isBeat: boolean) => sharer.look({ bots, runners: 2 }, isBeat).take;
  for (let beat = 0; beat < 3; beat++) {
    assert.deepEqual(takes(true), []);
    for (let look = 0; look < 100; look++) assert.deepEqual(takes(false), []);
  }
  assert.deepEqual(takes(true), ["free"]);
});

const neverAsked = (_: BotWish) => Promise.reject<boolean>(new Error("nobody asked for that"));

/** A runner that shares all bots, as long as its clock goes on. */
function runner(store: Store, clock: FakeClock | typeof systemClock, startAnew = neverAsked) {
  const sharing: Sharing = {
    refuses: () => undefined,
    works: () => Promise.resolve(),
    startAnew,
  };
  return new BotManager(store, deafBus, systemClock, () => {}, { ms: 400, clock }, sharing);
}

const owners = async ({ bots }: Store) => Map.groupBy(await bots.list(), ({ owner }) => owner);

Deno.test("a runner that comes gets its share of the bots; when it freezes, they move, and when it wakes, some come back", () =>
  withStore(async (store) => {
    const frozen = new FakeClock(), first = runner(store, systemClock);
    const second = runner(store, frozen);
    await stopping([first, second], async () => {
      const configs = [1, 2].flatMap((i) =>
        CONFIGS.map((config) => ({ ...config, name: `${config.name}-${i}` }))
      );
      const ids = await makeBots(store, configs);
      for (const id of ids) first.start(id);
      await storeCandles(store, 0, 10);
      await decided(store, 10, 6);
      const has = async (count: number) =>
        second.in("working").length === count &&
        [...(await owners(store)).values()].every((bots) => bots.length === count);
      second.standBy();
      await eventually("each has three", () => {
        frozen.advance(100);
        return has(3);
      });
      await storeCandles(store, 10, 20);
      await decided(store, 20, 6);
      // Its clock stands still, and its lease ends.
      await eventually("the first has all", async () => (await owners(store)).size === 1);
      await storeCandles(store, 20, 30);
      await decided(store, 30, 6);
      await eventually("each has three again", () => {
        frozen.advance(100);
        return has(3);
      });
      await storeCandles(store, 30, 40);
      await decided(store, 40, 6);
      const crashed = (await store.bots.list()).filter(({ restarts }) => restarts.length > 0);
      assert.deepEqual(crashed, []);
    });
  }));

Deno.test("a runner that shares hears that a bot is to be started anew, though it works on none", () =>
  withStore(async (store) => {
    const started: string[] = [], clock = new FakeClock();
    // It makes something the first time, and then finds that it cannot.
    const one = runner(store, clock, ({ botId }) => Promise.resolve(started.push(botId) === 1));
    await stopping([one], async () => {
      const [botId] = await makeBots(store, CONFIGS.slice(0, 1));
      const wish = { botId, number: 1, wish: "start", by: "me", reason: "", notBefore: 0 } as const;
      assert.ok(await store.wishes.ask(wish, "stopped"));
      one.standBy();
      await eventually("it is looked for what was made", () => started.length > 1);
      for (let i = 0; i < 50; i++) assert.equal((await store.wishes.open()).length, 1);
      assert.deepEqual(started, [botId, botId], "what cannot be made is left until the next beat");
      await eventually("it is tried again", () => (clock.advance(100), started.length > 2));
    });
  }));
