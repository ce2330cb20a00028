import assert from "node:assert/strict";
import type { BotWish, NewWish } from "../../engine/ports/bot_wishes.ts";
import { FencedError } from "../../engine/ports/store_errors.ts";
import { bareBot, starting } from "./bare_bot.ts";
import type { ContractTest } from "./store_contract.ts";

const NOON = Date.UTC(2024, 7, 8, 12);

const asked = (number: number, more: Partial<NewWish> = {}): NewWish => ({
  ...{ botId: "a", number, wish: "pause", by: 'é "me"', reason: "news", notBefore: NOON },
  ...more,
});

const shortly = (wishes: readonly BotWish[]) =>
  wishes.map(({ botId, number, wish, outcome }) => `${botId} ${number} ${wish} ${outcome}`);

/** What every store's `wishes` must do. */
export function wishesContract(test: ContractTest): void {
  test("keeps what was asked of a bot, in order, until it is carried out", async (store) => {
    const { bots, wishes } = store;
    await bots.create(bareBot("a"));
    await bots.create(bareBot("b"));
    const epoch = await bots.claim("a", starting("x"));
    assert.ok(await wishes.ask(asked(1), "running"));
    assert.ok(await wishes.ask(asked(2, { wish: "liquidate" }), "running"));
    assert.ok(await wishes.ask(asked(1, { botId: "b", wish: "start" }), "stopped"));
    const [{ askedAt, ...first }] = await wishes.ofBot("a");
    assert.ok(Number.isInteger(askedAt) && askedAt > NOON);
    assert.deepEqual(first, { ...asked(1), outcome: "open", actedAt: undefined });
    assert.deepEqual(shortly(await wishes.open()), [
      "a 1 pause open",
      "a 2 liquidate open",
      "b 1 start open",
    ]);
    const decision = {
      ...{ botId: "a", epoch, previousCursor: undefined, cursor: NOON, candles: 0, maxDrawdown: 0 },
      ...{ signals: [], refusals: [], fills: [], trades: [], performance: [] },
      snapshot: new Uint8Array([1]),
      wishes: [{ number: 1, actedAt: NOON - 60_000 }, { number: 2, actedAt: NOON }],
      status: { status: "paused", reason: "asked by me" },
    } as const;
    await assert.rejects(store.commit({ ...decision, epoch: epoch - 1 }), FencedError);
    assert.equal((await wishes.open("a")).length, 2, "nothing is written of a fenced decision");
    await store.commit(decision);
    assert.deepEqual(await wishes.open("a"), []);
    assert.deepEqual((await wishes.ofBot("a")).map(({ outcome, actedAt }) => [outcome, actedAt]), [
      ["done", NOON - 60_000],
      ["done", NOON],
    ]);
    const { status, reason, decidedAt } = (await bots.find("a"))!;
    assert.deepEqual([status, reason], ["paused", "asked by me"]);
    assert.ok(decidedAt! > NOON);
    await bots.release("x");
    assert.equal(await bots.claim("a", { owner: "y", leaseMs: 1_000 }), epoch + 1);
    assert.equal((await bots.find("a"))!.status, "paused", "a paused bot is at work");
  });

  test("takes of wishes that were asked at once the first, and lets the others look again", async (store) => {
    const { bots, wishes } = store;
    await bots.create(bareBot("a"));
    const at = [1, 2, 3, 4, 5].map((i) => wishes.ask(asked(1, { reason: `${i}` }), "stopped"));
    assert.equal((await Promise.all(at)).filter(Boolean).length, 1);
    assert.equal(await wishes.ask(asked(1), "stopped"), false);
    assert.equal(await wishes.ask(asked(3), "stopped"), false, "none is left out");
    assert.equal(await wishes.ask(asked(2), "running"), false, "it is not as it was seen");
    assert.equal(await wishes.ask(asked(1, { botId: "nobody" }), "stopped"), false);
    assert.equal((await wishes.open()).length, 1);
  });

  test("drops what is still asked of a bot that ends, and keeps it for one that may go on", async (store) => {
    const { bots, wishes } = store;
    const ends = ["finished", "stopped", "edited", "paused", "crashed", "quarantined"] as const;
    for (const botId of ends) {
      await bots.create(bareBot(botId));
      const epoch = await bots.claim(botId, starting("x"));
      await wishes.ask(asked(1, { botId }), "running");
      if (botId === "edited") await bots.stop(botId, "its config was edited");
      else await bots.setStatus(botId, epoch, botId, "");
    }
    const open = (await wishes.open()).map(({ botId }) => botId);
    assert.deepEqual(open, ["crashed", "paused", "quarantined"]);
    assert.deepEqual(shortly(await wishes.ofBot("finished")), ["finished 1 pause dropped"]);
  });

  test("stops a bot at once, whoever has it, and drops what was still open", async (store) => {
    const { bots, wishes } = store;
    await bots.create(bareBot("a"));
    const epoch = await bots.claim("a", starting("x"));
    await wishes.ask(asked(1), "running");
    const stop = { becomes: "stopped", reason: "asked by me" } as const;
    assert.equal(await wishes.ask(asked(2, { wish: "stop" }), "paused", stop), false);
    assert.equal((await bots.find("a"))!.status, "running");
    assert.ok(await wishes.ask(asked(2, { wish: "stop" }), "running", stop));
    assert.deepEqual(shortly(await wishes.ofBot("a")), ["a 1 pause dropped", "a 2 stop done"]);
    const { status, reason, owner } = (await bots.find("a"))!;
    assert.deepEqual([status, reason, owner], ["stopped", "asked by me", undefined]);
    await assert.rejects(bots.heartbeat("a", epoch, NOON), FencedError);
  });

  test("lets a quarantined bot go on, its restarts forgotten", async (store) => {
    const { bots, wishes } = store;
    await bots.create(bareBot("a"));
    const epoch = await bots.claim("a", starting("x"));
    await bots.crashed("a", epoch, NOON, "a bug");
    await bots.setStatus("a", epoch, "quarantined", "it crashed");
    const start = { becomes: "running", reason: "" } as const;
    assert.ok(await wishes.ask(asked(1, { wish: "start" }), "quarantined", start));
    const { status, reason, owner, restarts } = (await bots.find("a"))!;
    assert.deepEqual([status, reason, owner, restarts], ["running", "", undefined, []]);
    assert.equal(await bots.claim("a", { owner: "y", leaseMs: 1_000 }), epoch + 2);
  });

  test("starts a bot anew once, however many runners want to", async (store) => {
    const { bots, wishes } = store;
    await bots.create(bareBot("a"));
    await wishes.ask(asked(1, { wish: "start" }), "stopped");
    const heirs = ["b", "c", "d"];
    const done = await Promise.all(
      heirs.map((id) => wishes.inherit({ botId: "a", number: 1 }, bareBot(id), `${id} runs`)),
    );
    assert.deepEqual(done.toSorted(), ["closed", "closed", "made"]);
    const heir = heirs[done.indexOf("made")];
    assert.deepEqual((await bots.list()).map(({ id, status }) => [id, status]), [
      ["a", "stopped"],
      [heir, "running"],
    ]);
    assert.equal((await bots.find("a"))!.reason, `${heir} runs`);
    assert.deepEqual(shortly(await wishes.ofBot("a")), ["a 1 start done"]);
  });

  test("starts no bot anew whose place another run has, and says nothing of it in its row", async (store) => {
    const { bots, wishes } = store;
    const config = { name: "one", market: { exchange: "made", symbol: "BTC/USDT" } };
    await bots.create(bareBot("a", config));
    await bots.create(bareBot("b", config));
    await bots.claim("b", starting("x"));
    await wishes.ask(asked(1, { wish: "start" }), "stopped");
    const start = () => wishes.inherit({ botId: "a", number: 1 }, bareBot("c", config), "c runs");
    assert.equal(await start(), "taken");
    assert.deepEqual((await bots.list()).map(({ id, reason }) => [id, reason]), [
      ["a", ""],
      ["b", ""],
    ]);
    assert.deepEqual(shortly(await wishes.ofBot("a")), ["a 1 start dropped"]);
    assert.equal(await start(), "closed");
  });
}
