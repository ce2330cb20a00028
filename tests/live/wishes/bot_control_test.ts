import assert from "node:assert/strict";
import { botControl } from "../../../engine/live/wishes/bot_control.ts";
import type { Answer } from "../../../engine/ports/bot_control.ts";
import type { BotStatus } from "../../../engine/ports/bot_status.ts";
import { type Wish, WISHES } from "../../../engine/ports/bot_wishes.ts";
import { WISHES_CHANNEL } from "../../../engine/ports/bus.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { starting } from "../../storage/bare_bot.ts";
import { withStore } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { FakeClock } from "../fake_clock.ts";
import { deafBus, recordingBus } from "../faults.ts";
import { CANDLES, CONFIGS, makeBots, storeCandles } from "../made_bots.ts";

const ASKER = { by: "me", reason: "news" };
const STATUSES = [
  ...["running", "paused", "crashed", "stopped", "finished", "quarantined", "diverged"] as const,
];

/** A bot in each status, by its name. */
async function botsInAll(store: Store): Promise<Map<BotStatus, string>> {
  const ids = await makeBots(store, STATUSES.map((name) => ({ ...CONFIGS[0], name })));
  for (const [i, id] of ids.entries()) {
    await store.bots.setStatus(id, await store.bots.claim(id, starting("x")), STATUSES[i], "");
  }
  return new Map(STATUSES.map((status, i) => [status, ids[i]]));
}

// What the issue and the design say, not what the table of the code does.
const EXPECTED: Readonly<Record<Wish, Readonly<Record<BotStatus, Answer["outcome"]>>>> = {
  start: {
    ...{ running: "already", crashed: "already", paused: "refused" },
    ...{ stopped: "asked", finished: "asked", quarantined: "asked", diverged: "asked" },
  },
  stop: {
    ...{ running: "asked", crashed: "asked", paused: "asked", quarantined: "asked" },
    diverged: "asked",
    ...{ stopped: "already", finished: "already" },
  },
  pause: {
    ...{ running: "asked", crashed: "asked", paused: "already" },
    ...{ stopped: "refused", finished: "refused", quarantined: "refused" },
    diverged: "refused",
  },
  resume: {
    ...{ running: "already", crashed: "already", paused: "asked" },
    ...{ stopped: "refused", finished: "refused", quarantined: "refused" },
    diverged: "refused",
  },
  liquidate: {
    ...{ running: "asked", crashed: "asked", paused: "asked" },
    ...{ stopped: "refused", finished: "refused", quarantined: "refused" },
    diverged: "refused",
  },
};

for (const wish of WISHES) {
  Deno.test(`whether ${wish} makes sense depends on where a bot stands`, () =>
    withStore(async (store) => {
      const bots = await botsInAll(store), bus = recordingBus();
      const control = botControl({ store, bus, clock: new FakeClock() });
      for (const [status, id] of bots) {
        const bot = (await store.bots.find(id))!, expected = EXPECTED[wish][status];
        assert.equal(control.possible(bot, []).includes(wish), expected === "asked", status);
        const { outcome, text } = await control.ask(id, wish, ASKER);
        assert.equal(outcome, expected, `${status}: ${text}`);
        assert.ok(text.startsWith(`${id} `));
        const again = await control.ask(id, wish, ASKER);
        assert.equal(again.outcome, expected === "asked" ? "already" : expected, again.text);
        const written = await store.wishes.ofBot(id);
        assert.equal(written.length, expected === "asked" ? 1 : 0, status);
      }
      const woken = bus.published.filter(([channel]) => channel === WISHES_CHANNEL).length;
      assert.equal(woken, Object.values(EXPECTED[wish]).filter((one) => one === "asked").length);
    }));
}

Deno.test("what is asked acts when the candle in the making closes, and no earlier than it is asked", () =>
  withStore(async (store) => {
    const clock = new FakeClock(CANDLES[9].time + 40), { market } = CONFIGS[0];
    const control = botControl({ store, bus: deafBus, clock });
    const elsewhere = { ...market, exchange: "one@12345678" };
    const [live, replayed] = await makeBots(store, [
      CONFIGS[0],
      { ...CONFIGS[0], name: "replayed", market: elsewhere },
    ]);
    const notBefore = async (id: string) => (await store.wishes.ofBot(id)).at(-1)!.notBefore;
    for (const id of [live, replayed]) await store.bots.claim(id, starting("x"));
    await control.ask(live, "pause", ASKER);
    await control.ask(replayed, "pause", ASKER);
    assert.equal(await notBefore(live), CANDLES[9].time + 40);
    assert.equal(await notBefore(replayed), 0, "nothing of the tape has been there");
    await storeCandles(store, 0, 12);
    await store.marketData.upsertCandles(elsewhere, CANDLES.slice(0, 5));
    await control.ask(live, "resume", ASKER);
    await control.ask(replayed, "resume", ASKER);
    assert.equal(await notBefore(live), CANDLES[11].time + 1, "the asker's clock is slow");
    assert.equal(await notBefore(replayed), CANDLES[4].time + 1, "it is the tape's time");
  }));

Deno.test("asking all asks those of which it can be asked, and of each place the last run alone", () =>
  withStore(async (store) => {
    const bots = await botsInAll(store);
    const control = botControl({ store, bus: deafBus, clock: new FakeClock() });
    const paused = await control.askAll("pause", ASKER);
    assert.deepEqual(
      paused.map(({ botId }) => botId).toSorted(),
      [bots.get("running")!, bots.get("crashed")!].toSorted(),
    );
    await control.askAll("stop", ASKER);
    const statuses = (await store.bots.list()).map(({ status, reason }) => `${status} ${reason}`);
    assert.equal(statuses.filter((one) => one === "stopped asked by me: news").length, 5);
    const [later] = await makeBots(store, [{
      ...CONFIGS[0],
      name: "running",
      account: { ...CONFIGS[0].account, fee: 0.5 },
    }]);
    const answer = await control.ask(bots.get("running")!, "start", ASKER);
    assert.deepEqual([answer.outcome, answer.text], [
      "refused",
      `${bots.get("running")} has a later run, ${later}, which is stopped`,
    ]);
    const started = await control.askAll("start", ASKER);
    assert.equal(started.length, STATUSES.length);
    assert.ok(started.some(({ botId }) => botId === later));
  }));

Deno.test("an open wish counts as if it were done, and stopping drops it", () =>
  withStore(async (store) => {
    const [id] = await makeBots(store, CONFIGS.slice(0, 1));
    const control = botControl({ store, bus: deafBus, clock: new FakeClock() });
    const outcomes = async (...wishes: Wish[]) => {
      const all: string[] = [];
      for (const wish of wishes) all.push((await control.ask(id, wish, ASKER)).outcome);
      return all.join(" ");
    };
    assert.equal(await outcomes("start", "start", "pause"), "asked already refused");
    assert.equal(await outcomes("stop", "start"), "asked asked");
    await store.bots.claim(id, starting("x"));
    await store.wishes.inherit({ botId: id, number: 3 }, { ...(await store.bots.find(id))! }, "");
    assert.equal(
      await outcomes("liquidate", "pause", "liquidate", "resume", "resume", "pause", "stop"),
      "asked already already asked already asked asked",
    );
    const last = (await store.wishes.ofBot(id)).map(({ wish, outcome }) => `${wish} ${outcome}`);
    assert.deepEqual(last.slice(3), [
      "liquidate dropped",
      "resume dropped",
      "pause dropped",
      "stop done",
    ]);
  }));

Deno.test("a bot of a tape is done with starting once a replay has taken it", () =>
  withStore(async (store) => {
    const clock = new FakeClock(), control = botControl({ store, bus: deafBus, clock });
    const market = { ...CONFIGS[0].market, exchange: "one@12345678" };
    const ids = await makeBots(store, ["a", "b"].map((name) => ({ ...CONFIGS[0], name, market })));
    for (const id of ids) await store.bots.stop(id, "");
    const all = control.askAll("start", ASKER);
    await eventually("it waits for both at once", () => clock.sleeping === 2);
    await store.bots.claim(ids[0], starting("a replay"));
    clock.advance(3_999);
    await eventually("it waits for the other", () => clock.sleeping === 1);
    clock.advance(50);
    const told = new Map((await all).map(({ botId, text, waits }) => [botId, { text, waits }]));
    const text = "goes on behind its last candle";
    assert.deepEqual(told.get(ids[0]), { text: `${ids[0]} ${text}`, waits: undefined });
    assert.ok(told.get(ids[1])!.text.startsWith(`${ids[1]} ${text}, but nobody runs it now: `));
    assert.equal(told.get(ids[1])!.waits, true);
    // Who asks again is told so, too.
    const again = await Promise.all(ids.map((id) => control.ask(id, "start", ASKER)));
    assert.deepEqual(again.map(({ outcome, waits }) => [outcome, waits]), [
      ["already", undefined],
      ["already", true],
    ]);
  }));

Deno.test("a misspelt id is told", () =>
  withStore(async (store) => {
    const control = botControl({ store, bus: deafBus, clock: new FakeClock() });
    await assert.rejects(control.ask("x", "stop", ASKER), { message: 'There is no bot "x"' });
    const [id] = await makeBots(store, CONFIGS.slice(0, 1));
    await assert.rejects(control.ask(id.replace("a", "o"), "stop", ASKER), {
      name: "InputError",
      message: new RegExp(`did you mean "${id}"`),
    });
  }));
