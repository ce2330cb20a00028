import assert from "node:assert/strict";
import { AT_WORK, type BotStatus } from "../../engine/ports/bot_status.ts";
import type { BotRepository } from "../../engine/ports/bots.ts";
import {
  EndedError,
  FencedError,
  LeasedError,
  UnreachableError,
} from "../../engine/ports/store_errors.ts";
import { eventually } from "../support/eventually.ts";
import { bareBot, starting } from "./bare_bot.ts";
import type { ContractTest } from "./store_contract.ts";

const HOUR = 3_600_000, NOON = Date.UTC(2024, 7, 8, 12);

/** Resolves when nobody has the bot any more. */
async function freed(bots: BotRepository, id: string): Promise<void> {
  await eventually("the lease is over", async () => !(await bots.standings([id], "me"))[0].isHeld);
}

/** What every store's `bots` must do for runners that share them. */
export function leaseContract(test: ContractTest): void {
  test("lets nobody else claim a bot while its runner's lease lasts", async ({ bots }) => {
    await bots.create(bareBot("a"));
    const epoch = await bots.claim("a", starting("x"));
    await assert.rejects(bots.claim("a", starting("y")), LeasedError);
    assert.deepEqual(await bots.standings(["a"], "y"), [
      { id: "a", status: "running", reason: "", isHeld: true },
    ]);
    const { owner, epoch: stored } = (await bots.find("a"))!;
    assert.deepEqual([owner, stored], ["x", epoch]);
    assert.equal(await bots.claim("a", starting("x")), epoch + 1);
  });

  test("gives a bot whose runner fell silent to who claims it, and to that one alone", async ({ bots }) => {
    await bots.create(bareBot("a"));
    await bots.claim("a", starting("frozen", 1));
    await freed(bots, "a");
    const owners = Array.from({ length: 12 }, (_, i) => `runner ${i}`);
    const claims = await Promise.allSettled(
      owners.map((owner) => bots.claim("a", starting(owner))),
    );
    const won = owners.filter((_, i) => claims[i].status === "fulfilled");
    assert.equal(won.length, 1);
    for (const one of claims) {
      if (one.status === "rejected") assert.ok(one.reason instanceof LeasedError, `${one.reason}`);
      else assert.equal(one.value, 2);
    }
    assert.equal((await bots.find("a"))!.owner, won[0]);
  });

  test("renews the lease of all of a runner's bots at once", async ({ bots }) => {
    for (const id of ["a", "b"]) {
      await bots.create(bareBot(id));
      await bots.claim(id, starting("x", 1));
    }
    await freed(bots, "b");
    await bots.renew("x", HOUR);
    for (const id of ["a", "b"]) await assert.rejects(bots.claim(id, starting("y")), LeasedError);
    await bots.renew("x", 1);
    await freed(bots, "a");
    assert.equal(await bots.claim("b", starting("y")), 2);
    await bots.renew("x", HOUR);
    assert.equal((await bots.find("b"))!.owner, "y", "what is taken over stays so");
  });

  test("lets others have the bots of a runner that goes", async ({ bots }) => {
    await bots.create(bareBot("a"));
    await bots.claim("a", starting("x"));
    await bots.release("nobody");
    await assert.rejects(bots.claim("a", starting("y")), LeasedError);
    await bots.release("x");
    assert.equal(await bots.claim("a", starting("y")), 2);
  });

  test("does not start again what was stopped before a start of it came", async ({ bots }) => {
    await bots.create(bareBot("a"));
    const seen = (await bots.find("a"))!.epoch, start = { ...starting("x"), startsFrom: seen };
    await bots.claim("a", start);
    await bots.stop("a", "by a person");
    await assert.rejects(bots.claim("a", start), UnreachableError);
    assert.equal((await bots.find("a"))!.status, "stopped");
    await bots.claim("a", { ...start, startsFrom: (await bots.find("a"))!.epoch });
    assert.equal((await bots.find("a"))!.status, "running");
  });

  test("starts a bot that is not at work only where that is meant", async ({ bots }) => {
    const all: BotStatus[] = ["running", "crashed", "stopped", "finished", "quarantined"];
    for (const status of all) {
      await bots.create(bareBot(status));
      const epoch = await bots.claim(status, starting("x"));
      await bots.setStatus(status, epoch, status, "why");
      await bots.release("x");
      const claim = { owner: "y", leaseMs: HOUR };
      if (AT_WORK.includes(status)) {
        await bots.claim(status, claim);
        assert.equal((await bots.find(status))!.status, status);
        continue;
      }
      await assert.rejects(bots.claim(status, claim), (error: Error) => {
        assert.ok(error instanceof EndedError);
        assert.deepEqual([error.status, error.reason], [status, "why"]);
        return true;
      });
      await bots.claim(status, { ...claim, starts: true });
      assert.equal((await bots.find(status))!.status, "running");
    }
  });

  test("leaves a bot that is not at work to nobody", async ({ bots }) => {
    await bots.create(bareBot("a"));
    for (const status of ["stopped", "finished", "quarantined"] as const) {
      const epoch = await bots.claim("a", starting("x"));
      await bots.setStatus("a", epoch, status, "");
      assert.equal((await bots.find("a"))!.owner, undefined);
      await bots.claim("a", starting("y"));
      await bots.release("y");
    }
  });

  test("tells who works on what, and how many runners share it", async ({ bots, marketData }) => {
    const market = { exchange: "made", symbol: "BTC/USDT", timeframe: "1h" } as const;
    const run = { version: 3, anchor: NOON };
    for (const id of ["a", "b", "c", "d"]) await bots.create(bareBot(id, { market }, run));
    const candle = { open: 1, high: 1, low: 1, close: 1, volume: 0, trades: 0 };
    await marketData.upsertCandle(market, { ...candle, time: NOON, kind: "empty" });
    await bots.claim("a", { ...starting("x"), shares: true });
    await bots.claim("b", starting("frozen", 1));
    await freed(bots, "b");
    await bots.setStatus("c", await bots.claim("c", starting("x")), "stopped", "");
    const common = { exchange: "made", version: 3, isBehind: false };
    assert.deepEqual(await bots.atWork(), {
      bots: [{ ...common, id: "a", runner: "x" }, { ...common, id: "b", runner: undefined }],
      runners: 0,
    });
    await bots.renew("x", HOUR, true);
    await bots.renew("y", HOUR, true);
    await bots.renew("z", HOUR);
    await bots.renew("gone", 1, true);
    await marketData.upsertCandle(market, { ...candle, time: NOON + HOUR, kind: "empty" });
    const odd = [{ version: "x", anchor: [] }, { version: 1e300, anchor: 1e308 }, {}];
    for (const [i, run] of odd.entries()) {
      await bots.create(bareBot(`odd ${i}`, { market: i }, run));
      await bots.claim(`odd ${i}`, starting("x", HOUR));
    }
    const { bots: [, , ...nonsense] } = await bots.atWork();
    assert.deepEqual(
      nonsense.map(({ exchange, version, isBehind }) => [exchange, version, isBehind]),
      odd.map(() => ["", 0, false]),
    );
    for (const one of odd.keys()) await bots.stop(`odd ${one}`, "");
    await bots.renew("x", HOUR, true);
    await eventually("two share", async () => (await bots.atWork()).runners === 2);
    assert.ok((await bots.atWork()).bots.every(({ isBehind }) => isBehind));
  });

  test("lets others have a bot that is handed back, and its old runner write nothing of it", async ({ bots }) => {
    await bots.create(bareBot("a"));
    const epoch = await bots.claim("a", starting("x"));
    await assert.rejects(bots.handBack("a", epoch - 1), FencedError);
    await bots.handBack("a", epoch);
    const seen = async () => {
      const { status, owner, reason } = (await bots.find("a"))!;
      return [status, owner, reason];
    };
    assert.deepEqual(await seen(), ["running", undefined, ""]);
    await assert.rejects(bots.heartbeat("a", epoch, 1), FencedError);
    const later = await bots.claim("a", { owner: "x", leaseMs: HOUR });
    await bots.handBack("a", later, "no such market");
    assert.deepEqual(await seen(), ["running", undefined, "no such market"]);
    await bots.handBack("a", await bots.claim("a", { owner: "x", leaseMs: HOUR }));
    assert.deepEqual(await seen(), ["running", undefined, "no such market"]);
    await bots.claim("a", { owner: "y", leaseMs: HOUR });
    await assert.rejects(bots.handBack("a", epoch), FencedError);
    assert.equal((await bots.find("a"))!.owner, "y");
  });

  test("refuses all that a runner writes of a bot that was taken over or stopped", async ({ bots }) => {
    await bots.create(bareBot("a"));
    const takeOver = async () => {
      await bots.release("x");
      await bots.claim("a", starting("y"));
      return { owner: "y", status: "running" };
    };
    const halt = async () => {
      await bots.stop("a", "somebody said so");
      return { owner: undefined, status: "stopped" };
    };
    for (const take of [takeOver, halt]) {
      const old = await bots.claim("a", starting("x")), expected = await take();
      const before = await bots.find("a");
      await assert.rejects(bots.setStatus("a", old, "crashed", "a zombie"), FencedError);
      await assert.rejects(bots.heartbeat("a", old, 1), FencedError);
      await assert.rejects(bots.crashed("a", old, 1, "a zombie"), FencedError);
      const { owner, status } = before!;
      assert.deepEqual({ owner, status }, expected);
      assert.deepEqual(await bots.find("a"), before);
      await bots.release("y");
    }
  });
}
