import assert from "node:assert/strict";
import type { Candle } from "../../engine/market/candles.ts";
import type { ClosedTrade, Decision, Store } from "../../engine/ports/store.ts";
import { FencedError } from "../../engine/ports/store_errors.ts";
import { bareBot, starting } from "./bare_bot.ts";
import type { ContractTest } from "./store_contract.ts";

const MINUTE = 60_000, START = Date.UTC(2024, 7, 31, 23, 57);
const at = (i: number) => START + i * MINUTE;
const KEY = { exchange: "okx", symbol: "BTC/USDT", timeframe: "1m" } as const;

/** The decision on candle `i` of bot "a". */
function decision(i: number, epoch: number): Decision {
  const money = { price: 1 + i, amount: 1, fee: 0, slippage: 0, funding: 0, position: 1, cash: i };
  const fill = { time: at(i), side: "buy", reason: "entry", role: "taker", ...money } as const;
  const trade = {
    ...{ side: "long", entryTime: at(i - 1), entryPrice: 1, exitTime: at(i), exitPrice: 1 + i },
    ...{ amount: 1, fees: 0, slippage: 0, funding: 0, pnl: i, return: i, reason: "signal" },
  } as ClosedTrade;
  const signal = { time: at(i), action: "enterLong", confidence: 1, price: 1, values: {} } as const;
  return {
    ...{ botId: "a", epoch, previousCursor: i === 0 ? undefined : at(i - 1), cursor: at(i) },
    snapshot: new Uint8Array([i]),
    ...{ signals: [signal], fills: [fill, fill], trades: [trade] },
    refusals: [{ time: at(i), side: "long", price: 1 + i, reason: "lot" }],
    performance: [{ time: at(i), equity: 1, cash: i, position: 0, drawdown: 0 }],
    ...{ candles: 1, maxDrawdown: -i / 100 },
  };
}

async function decided(store: Store, candles: number): Promise<number> {
  await store.bots.create(bareBot("a"));
  const epoch = await store.bots.claim("a", starting("me"));
  for (let i = 0; i < candles; i++) await store.commit(decision(i, epoch));
  return epoch;
}

/** What every store must do for whoever verifies its bots. */
export function verificationContract(test: ContractTest): void {
  test("gives parts of what a bot did, and counts it", async (store) => {
    await decided(store, 6);
    const { signals, trades, fills, refusals, performance } = store;
    const times = (rows: readonly { time: number }[]) => rows.map(({ time }) => time);
    const range = { after: at(1), to: at(3) };
    assert.deepEqual(times(await signals.ofBot("a", range)), [at(2), at(3)]);
    assert.deepEqual(times(await performance.ofBot("a", range)), [at(2), at(3)]);
    const numbered = async (repository: typeof trades | typeof fills | typeof refusals) =>
      (await repository.numbered("a", 1, 3)).map(({ number }) => number);
    for (const repository of [trades, fills, refusals]) {
      assert.deepEqual(await numbered(repository), [2, 3]);
    }
    assert.deepEqual(times(await fills.numbered("a", 9)), [at(4), at(5), at(5)]);
    const [{ number, ...last }] = await trades.numbered("a", 5);
    assert.deepEqual([number, last], [6, (await trades.ofBot("a"))[5]]);
    assert.deepEqual([await signals.count("a"), await trades.count("a")], [6, 6]);
    assert.deepEqual([await signals.count("b"), await trades.count("b")], [0, 0]);
  });

  test("gives the newest row of a bot's equity, and the months of which some is kept", async (store) => {
    assert.equal(await store.performance.latest("a"), undefined);
    await decided(store, 6);
    assert.deepEqual((await store.performance.latest("a"))?.time, at(5));
    assert.deepEqual(await store.performance.months(), ["2024-08", "2024-09"]);
    await store.maintain({ now: Date.UTC(2024, 8, 1), performanceMonths: 0 });
    assert.deepEqual(await store.performance.months(), ["2024-09", "2024-10"]);
  });

  test("gives what the last transaction left of a bot", async (store) => {
    assert.equal(await store.bots.state("a"), undefined);
    await store.bots.create(bareBot("a"));
    const nothing = { cursor: undefined, candles: 0, maxDrawdown: 0, snapshot: undefined };
    assert.deepEqual(await store.bots.state("a"), nothing);
    await decided(store, 3);
    const left = { cursor: at(2), candles: 3, maxDrawdown: -0.02, snapshot: new Uint8Array([2]) };
    assert.deepEqual(await store.bots.state("a"), left);
  });

  test("notes what came of a verification; a bot that diverged is at work no more", async (store) => {
    const epoch = await decided(store, 1), { bots } = store;
    const record = { at: at(9), to: at(0), detail: "fills, number 1" };
    const standing = async () => {
      const { status, reason, owner, verification } = (await bots.find("a"))!;
      return { status, reason, owner, verification };
    };
    for (const outcome of ["same", "unknown"] as const) {
      const verification = { ...record, outcome };
      await bots.recordVerification("a", verification);
      const now = { status: "running", reason: "", owner: "me", verification };
      assert.deepEqual(await standing(), now);
    }
    const diverged = { ...record, outcome: "diverged" as const };
    await bots.recordVerification("a", diverged);
    assert.deepEqual(await standing(), {
      ...{ status: "diverged", reason: "fills, number 1", owner: undefined },
      verification: diverged,
    });
    await assert.rejects(store.commit(decision(1, epoch)), FencedError);
    await bots.recordVerification("a", { ...record, outcome: "same", detail: "", to: null });
    const { status, reason } = await standing();
    assert.deepEqual([status, reason], ["stopped", "it had diverged, and does the same again"]);
  });

  test("tells which candles are no longer what was decided on", async ({ marketData }) => {
    const candle = (i: number, close = 10): Candle => (
      { time: at(i), open: 10, high: 12, low: 9, close, volume: 1, trades: 1, kind: "traded" }
    );
    const revised = (range = {}) => marketData.revised(KEY, range);
    assert.deepEqual(await revised(), { count: 0, first: NaN, last: NaN });
    await marketData.upsertCandles(KEY, [candle(1), candle(2), candle(4), candle(5), candle(6)]);
    assert.equal((await revised()).count, 0);
    await marketData.upsertCandles(KEY, [candle(2, 11)], { force: true });
    await marketData.upsertCandles(KEY, [candle(2, 12)], { force: true });
    // It comes when its time has gone by.
    await marketData.upsertCandles(KEY, [candle(3)]);
    assert.deepEqual(await revised(), { count: 2, first: at(2), last: at(3) });
    assert.deepEqual(await revised({ after: at(2) }), { count: 1, first: at(3), last: at(3) });
    assert.deepEqual(await revised({ to: at(2) }), { count: 1, first: at(2), last: at(2) });
    // Somebody who began later has it, as it was stored first.
    assert.deepEqual(await revised({ front: at(3) }), { count: 1, first: at(2), last: at(2) });
    await marketData.upsertCandles(KEY, [candle(3, 11)], { force: true });
    assert.equal((await revised({ front: at(3) })).count, 2);
  });
}
