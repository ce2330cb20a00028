import assert from "node:assert/strict";
import { FencedError } from "../../engine/ports/store_errors.ts";
import type { ContractTest } from "./store_contract.ts";
import { bareBot, starting } from "./bare_bot.ts";

const HOUR = 3_600_000, NOON = Date.UTC(2024, 7, 8, 12);

/** What every store's `bots` must do. */
export function botContract(test: ContractTest): void {
  test("makes a bot once and gives it back as it was made", async ({ bots }) => {
    const config = {
      name: "sma",
      market: { exchange: "okx", symbol: "BTC/USDT", timeframe: "1h", base: "1m" },
      strategy: { name: "sma", parameters: {}, graph: { a: { op: "sma" } } },
      account: { balance: 5e-324, fee: 0 },
      params: { fast: 10, nested: [1, { a: null }] },
      text: 'é "q" \\',
    };
    const made = await bots.create(bareBot("sma", config, { anchor: 5e-324 }));
    const { createdAt, ...rest } = made;
    assert.deepEqual(rest, {
      id: "sma",
      config,
      run: { anchor: 5e-324 },
      status: "stopped",
      reason: "",
      heartbeat: undefined,
      cursor: undefined,
      decidedAt: undefined,
      candles: 0,
      maxDrawdown: 0,
      epoch: 0,
      owner: undefined,
      restarts: [],
      verification: undefined,
    });
    assert.ok(Number.isInteger(createdAt) && createdAt > 0);
    assert.deepEqual(await bots.create(bareBot("sma", { other: 1 })), made);
    assert.deepEqual(await bots.find("sma"), made);
    assert.equal(await bots.find("nobody"), undefined);
    assert.equal(await bots.snapshot("sma"), undefined);
  });

  const unreadable = { exchange: "unreadable", symbol: "unreadable", timeframe: "1m" };
  test("gives a bot whose config is none in a shape that a list can show", async ({ bots }) => {
    const nonsense = [7, [], "x", { market: 1, account: null, strategy: [] }, {
      ...{ name: 7, account: { balance: "much" }, strategy: { name: null } },
      market: { exchange: "", symbol: 9, timeframe: "7m", base: "x" },
    }, { strategy: { graph: { a: null, b: 7 } } }];
    for (const [i, config] of nonsense.entries()) {
      const { id, config: { name, market, strategy, account }, run } = await bots.create(
        { ...bareBot(`bot${i}`), config: config as never, run: [] as never },
      );
      const { exchange, symbol, timeframe, base } = market;
      assert.deepEqual({ exchange, symbol, timeframe }, unreadable);
      assert.deepEqual([name, base, strategy.name, strategy.graph, account.balance, run], [
        ...[id, undefined, "unreadable", {}, NaN, {}],
      ]);
    }
    assert.equal((await bots.list()).length, nonsense.length);
  });

  test("lists bots by id", async ({ bots }) => {
    for (const id of ["b", "a", "c"]) await bots.create(bareBot(id));
    assert.deepEqual((await bots.list()).map((bot) => bot.id), ["a", "b", "c"]);
  });

  test("gives each who takes a bot over a higher epoch", async ({ bots }) => {
    await bots.create(bareBot("a"));
    for (const epoch of [1, 2, 3]) {
      assert.equal(await bots.claim("a", starting("x")), epoch);
      const { owner, epoch: stored, status } = (await bots.find("a"))!;
      assert.deepEqual([owner, stored, status], ["x", epoch, "running"]);
    }
  });

  test("notes status and heartbeat", async ({ bots }) => {
    await bots.create(bareBot("a"));
    const old = await bots.claim("a", starting("x")), epoch = await bots.claim("a", starting("x"));
    await bots.setStatus("a", epoch, "quarantined", "crashed 4 times in an hour");
    await bots.heartbeat("a", epoch, NOON);
    await assert.rejects(bots.heartbeat("a", old, NOON + 1), FencedError);
    const bot = await bots.find("a");
    assert.deepEqual([bot?.status, bot?.reason, bot?.heartbeat], [
      "quarantined",
      "crashed 4 times in an hour",
      NOON,
    ]);
  });

  test("notes a crash with its status, reason and restart at once", async ({ bots }) => {
    await bots.create(bareBot("a"));
    const old = await bots.claim("a", starting("x")), epoch = await bots.claim("a", starting("x"));
    const seen = async () => {
      const { status, reason, restarts, owner } = (await bots.find("a"))!;
      return [status, reason, restarts, owner];
    };
    await assert.rejects(bots.crashed("a", old, NOON, "a zombie"), FencedError);
    assert.deepEqual(await seen(), ["running", "", [], "x"]);
    await bots.crashed("a", epoch, NOON, "a bug");
    assert.deepEqual(await seen(), ["crashed", "a bug", [NOON], "x"]);
  });

  test("remembers the restarts of the last hour", async ({ bots }) => {
    await bots.create(bareBot("a"));
    const epoch = await bots.claim("a", starting("x"));
    const restarts = async () => (await bots.find("a"))?.restarts;
    for (const at of [NOON, NOON + 10, NOON + HOUR - 1]) await bots.crashed("a", epoch, at, "why");
    assert.deepEqual(await restarts(), [NOON, NOON + 10, NOON + HOUR - 1]);
    await bots.crashed("a", epoch, NOON + HOUR, "why");
    assert.deepEqual(await restarts(), [NOON + 10, NOON + HOUR - 1, NOON + HOUR]);
    await bots.crashed("a", epoch, NOON + 5 * HOUR, "another why");
    assert.deepEqual(await restarts(), [NOON + 5 * HOUR]);
  });

  test("says so when there is no such bot", async ({ bots }) => {
    const unknown = { name: "StoreError", message: 'There is no bot "nobody"' };
    await assert.rejects(bots.claim("nobody", starting("x")), unknown);
    await assert.rejects(bots.stop("nobody", ""), unknown);
    await assert.rejects(bots.setStatus("nobody", 1, "running", ""), FencedError);
    await assert.rejects(bots.crashed("nobody", 1, NOON, ""), FencedError);
    await assert.rejects(bots.heartbeat("nobody", 1, NOON), FencedError);
    assert.deepEqual(await bots.standings(["nobody"], "x"), []);
    assert.equal(await bots.snapshot("nobody"), undefined);
  });
}
