import assert from "node:assert/strict";
import { InputError } from "../../engine/market/errors.ts";
import type { Decision, Store } from "../../engine/ports/store.ts";
import type { ContractTest } from "./store_contract.ts";
import { bareBot, starting } from "./bare_bot.ts";

const BTC = { exchange: "okx", symbol: "BTC/USDT" };
/** The first and the last moment of the months from May to December 2024. */
const MONTHS = [4, 5, 6, 7, 8, 9, 10, 11];
const FIRST = MONTHS.map((month) => Date.UTC(2024, month));
const LAST = MONTHS.map((month) => Date.UTC(2024, month + 1) - 1);
const NOW = Date.UTC(2024, 9, 31, 23, 59, 59, 999);

const madeTrade = (timestamp: number) => (
  { id: `${timestamp}`, timestamp, price: 1, amount: 1, side: "buy" } as const
);

async function commitRows(store: Store, times: readonly number[]): Promise<void> {
  const { bots } = store;
  await bots.create(bareBot("a"));
  const decision: Decision = {
    botId: "a",
    epoch: await bots.claim("a", starting("me")),
    previousCursor: (await bots.find("a"))?.cursor,
    cursor: times.at(-1)!,
    snapshot: new Uint8Array(),
    signals: [],
    refusals: [],
    fills: [],
    trades: [],
    performance: times.map((time) => ({ time, equity: 1, cash: 1, position: 0, drawdown: 0 })),
    candles: times.length,
    maxDrawdown: 0,
  };
  await store.commit(decision);
}

async function tradeTimes({ rawTrades }: Store): Promise<number[]> {
  return (await rawTrades.between(BTC, "trade", 0, NOW * 2)).map((trade) => trade.timestamp);
}

async function equityTimes({ performance }: Store): Promise<number[]> {
  return (await performance.ofBot("a")).map((row) => row.time);
}

/** The moments of the months from `first` on. */
const from = (first: number) => MONTHS.flatMap((_, i) => i < first ? [] : [FIRST[i], LAST[i]]);

/** What every store's `maintain` must do. */
export function maintainContract(test: ContractTest): void {
  test("makes room for this month and the next ahead, and once", async (store) => {
    const { made, dropped } = await store.maintain({ now: NOW });
    assert.deepEqual(made, [
      { table: "raw_trades", month: "2024-10" },
      { table: "raw_trades", month: "2024-11" },
      { table: "bot_performance", month: "2024-10" },
      { table: "bot_performance", month: "2024-11" },
    ]);
    assert.deepEqual(dropped, []);
    assert.deepEqual(await store.maintain({ now: NOW }), { made: [], dropped: [] });
    const next = await store.maintain({ now: NOW + 1 });
    assert.deepEqual(next.made.map(({ month }) => month), ["2024-12", "2024-12"]);
  });

  test("drops whole months that are older than what is to be kept, and no other", async (store) => {
    await store.rawTrades.insert(BTC, from(0).map(madeTrade));
    await commitRows(store, from(0));
    assert.deepEqual((await store.maintain({ now: NOW })).dropped, [], "all is kept unless told");

    const first = await store.maintain({ now: NOW, rawTradesMonths: 3 });
    assert.deepEqual(first.dropped, [
      { table: "raw_trades", month: "2024-05" },
      { table: "raw_trades", month: "2024-06" },
    ]);
    assert.deepEqual(await tradeTimes(store), from(2));
    assert.deepEqual(await equityTimes(store), from(0));

    const second = await store.maintain({ now: NOW, rawTradesMonths: 3, performanceMonths: 0 });
    assert.equal(second.dropped.length, 5);
    assert.ok(second.dropped.every(({ table }) => table === "bot_performance"));
    assert.deepEqual(await tradeTimes(store), from(2));
    assert.deepEqual(await equityTimes(store), from(5), "this month and what is to come");
  });

  test("takes rows of a month that was dropped", async (store) => {
    await store.rawTrades.insert(BTC, [madeTrade(FIRST[0])]);
    await commitRows(store, [FIRST[0]]);
    const options = { now: NOW, rawTradesMonths: 0, performanceMonths: 0 };
    assert.equal((await store.maintain(options)).dropped.length, 2);
    await store.rawTrades.insert(BTC, [madeTrade(FIRST[0])]);
    await commitRows(store, [LAST[0]]);
    assert.deepEqual(await tradeTimes(store), [FIRST[0]]);
    assert.deepEqual(await equityTimes(store), [LAST[0]]);
  });

  test("can be maintained by many at once while others write", async (store) => {
    const work = [0, 1, 2, 3].map(async (i) => {
      await store.maintain({ now: NOW, rawTradesMonths: 1 });
      await store.rawTrades.insert(BTC, [madeTrade(FIRST[5] + i), madeTrade(FIRST[6] + i)]);
    });
    await Promise.all(work);
    assert.equal((await tradeTimes(store)).length, 8);
  });

  test("refuses to keep what is no number of months", async (store) => {
    await store.rawTrades.insert(BTC, [madeTrade(FIRST[0])]);
    for (const months of [-1, 0.5, NaN, Infinity]) {
      await assert.rejects(store.maintain({ now: NOW, rawTradesMonths: months }), InputError);
    }
    assert.deepEqual(await tradeTimes(store), [FIRST[0]]);
  });
}
