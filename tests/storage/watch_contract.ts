import assert from "node:assert/strict";
import type { Decision, Fill, Signal, Store } from "../../engine/ports/store.ts";
import { bareBot, starting } from "./bare_bot.ts";
import { madeCandle } from "./market_data_contract.ts";
import type { ContractTest } from "./store_contract.ts";

const MINUTE = 60_000, START = Date.UTC(2024, 0, 31, 23, 50);
const at = (i: number) => START + i * MINUTE;

const CONFIG = {
  strategy: { name: "cross" },
  market: { exchange: "okx", symbol: "BTC/USDT", timeframe: "1m" },
  account: { balance: 1_000 },
};

const madeFill = (i: number, change: Partial<Fill>): Fill => ({
  ...{ time: at(i), side: "buy", price: 100, amount: 1, fee: 0, slippage: 0, reason: "entry" },
  ...{ role: "taker", funding: 0, position: 1, cash: 0 },
  ...change,
});

/** A decision on candle `i` with one row of each kind, but for what is changed. */
function decision(botId: string, epoch: number, i: number, change: Partial<Decision> = {}) {
  const row = { time: at(i), equity: 1_000 + i, cash: i, position: 0, drawdown: -i / 64 };
  return {
    ...{ botId, epoch, previousCursor: i === 0 ? undefined : at(i - 1), cursor: at(i) },
    ...{ snapshot: new Uint8Array(), signals: [], refusals: [], fills: [], trades: [] },
    ...{ performance: [row], candles: 1, maxDrawdown: -i / 64 },
    ...change,
  } satisfies Decision;
}

/** A bot of `rows` candles. */
async function madeBot(store: Store, id: string, rows: number): Promise<number> {
  await store.bots.create(bareBot(id, CONFIG));
  const epoch = await store.bots.claim(id, starting("me"));
  for (let i = 0; i < rows; i++) await store.commit(decision(id, epoch, i));
  return epoch;
}

/** What every store's `watch` must do. */
export function watchContract(test: ContractTest): void {
  glances(test);
  tables(test);
  markets(test);
}

function glances(test: ContractTest): void {
  test("shows bots at a glance, with the last of each of their rows", async (store) => {
    const { now, bots } = await store.watch.glance({ limit: 10 });
    assert.deepEqual(bots, []);
    await store.bots.create(bareBot("b"));
    const epoch = await madeBot(store, "a", 3);
    for (const at of [now - 3_599_000, now]) await store.bots.crashed("a", epoch, at, "a bug");
    await store.bots.setStatus("a", epoch, "running", "");
    const later = await store.watch.glance({ limit: 10 });
    assert.ok(later.now > now && later.now - now < 60_000);
    assert.deepEqual(later.bots.map(({ id }) => id), ["a", "b"]);
    const [{ createdAt, heartbeat, ...a }, b] = later.bots;
    assert.ok(createdAt >= now && heartbeat! >= createdAt);
    assert.deepEqual(a, {
      ...{ id: "a", strategy: "cross", market: CONFIG.market, balance: 1_000, status: "running" },
      ...{ reason: "", cursor: at(2), candles: 3, maxDrawdown: -2 / 64, restarts: 2 },
      ...{ verification: undefined, asked: undefined, named: {} },
      ...{ isHeld: true, trades: 0, fills: 0, refusals: 0, lastSignal: undefined },
      last: { time: at(2), equity: 1_002, cash: 2, position: 0, drawdown: -2 / 64 },
    });
    assert.deepEqual([b.strategy, b.balance, b.last, b.isHeld], ["", NaN, undefined, false]);
    assert.deepEqual((await store.watch.glance({ limit: 1 })).bots.map(({ id }) => id), ["a"]);
    const one = await store.watch.glance({ limit: 1, id: "b" });
    assert.deepEqual(one.bots, [b]);
    assert.deepEqual((await store.watch.glance({ limit: 1, id: "c" })).bots, []);
    await store.bots.release("me");
    assert.equal((await store.watch.glance({ limit: 1 })).bots[0].isHeld, false);
  });

  test("thins equity evenly over time, first and last row among it", async (store) => {
    await madeBot(store, "a", 21);
    await madeBot(store, "few", 2);
    await store.bots.create(bareBot("none"));
    const curves = await store.watch.equity(["a", "few", "none", "nobody"], 5);
    assert.deepEqual([...curves.keys()].sort(), ["a", "few"]);
    assert.deepEqual(curves.get("a")!.map(({ time }) => time), [0, 5, 10, 15, 20].map(at));
    assert.deepEqual(curves.get("a")![1], {
      ...{ time: at(5), equity: 1_005, cash: 5, position: 0, drawdown: -5 / 64 },
    });
    assert.deepEqual(curves.get("few")!.map(({ time }) => time), [at(0), at(1)]);
    assert.deepEqual([...await store.watch.equity([], 5)], []);
    const [last] = (await store.watch.equity(["a"], 1)).get("a")!;
    assert.equal(last.time, at(20));
  });

  test("averages what was entered into an open position", async (store) => {
    const epoch = await madeBot(store, "a", 0), none = await store.watch.positions(["a"]);
    assert.deepEqual([...none], []);
    const short = { side: "sell", reason: "entry" } as const;
    const fills: [number, Partial<Fill>][] = [
      [0, { price: 50 }],
      [1, { side: "sell", position: 0, reason: "signal" }],
      [2, { ...short, price: 100, amount: 1, position: -1 }],
      [3, { ...short, price: 130, amount: 2, position: -3 }],
      [4, { side: "buy", price: 90, amount: 1, position: -2, reason: "firstTarget" }],
    ];
    await store.commit(decision("a", epoch, 0, { fills: fills.map((one) => madeFill(...one)) }));
    const held = { position: -2, entryTime: at(2), entryPrice: 120 };
    assert.deepEqual([...await store.watch.positions(["a", "b"])], [["a", held]]);
    const flat = madeFill(5, { amount: 2, position: 0, reason: "signal" });
    await store.commit(decision("a", epoch, 1, { fills: [flat] }));
    assert.deepEqual([...await store.watch.positions(["a"])], []);
  });
}

function tables(test: ContractTest): void {
  test("reads the newest signals, page by page", async (store) => {
    const epoch = await madeBot(store, "a", 0), { watch } = store;
    await madeBot(store, "other", 1);
    for (let i = 0; i < 5; i++) {
      const signal = { time: at(i), confidence: 1, price: 100, values: { rsi: NaN, n: i } };
      const signals: Signal[] = [
        { ...signal, action: "enterLong" },
        { ...signal, action: "exitLong" },
      ];
      await store.commit(decision("a", epoch, i, { signals }));
    }
    const times = (rows: Signal[]) => rows.map(({ time }) => time);
    assert.deepEqual(times(await watch.signals("a", 2)), [at(4), at(4)]);
    const page = await watch.signals("a", 3, at(4));
    assert.deepEqual(times(page), [at(3), at(3), at(2), at(2)]);
    assert.deepEqual(page[0].values, { rsi: NaN, n: 3 });
    assert.deepEqual(await watch.signals("a", 9, at(0)), []);
    assert.deepEqual(await watch.signals("other", 9), []);
  });

  test("measures how long decisions took, of those that are new", async (store) => {
    const HOUR = 3_600_000, { now } = await store.watch.glance({ limit: 1 }), time = now - HOUR;
    assert.deepEqual(await store.watch.decisionLatency(HOUR), { signals: 0, p50: NaN, p99: NaN });
    const epoch = await madeBot(store, "a", 0);
    const signal = { action: "enterLong", confidence: 1, price: 1, values: {}, time } as const;
    await store.maintain({ now: time });
    await store.commit(decision("a", epoch, 0, { signals: [signal] }));
    const { signals, p50, p99 } = await store.watch.decisionLatency(HOUR);
    assert.equal(signals, 1);
    const { now: later } = await store.watch.glance({ limit: 1 });
    assert.ok(p50 >= HOUR && p50 <= later - time + 1 && p99 === p50, `${p50}`);
    assert.equal((await store.watch.decisionLatency(0)).signals, 0);
  });
}

function markets(test: ContractTest): void {
  test("shows series at a glance: how much of the newest time is there", async (store) => {
    const instrument = { exchange: "okx", symbol: "BTC/USDT" };
    const key = { ...instrument, timeframe: "1m" } as const;
    assert.deepEqual(await store.watch.series(9), []);
    const candle = (i: number, change = {}) => ({ ...madeCandle(i), trades: 2, ...change });
    const all = [1, 2, 3, 5, 6].map((i) => candle(i));
    all.push(candle(7, { kind: "empty", volume: 0, trades: 0 }));
    await store.marketData.upsertCandles(key, all);
    await store.marketData.upsertCandle(key, candle(6, { trades: 9 }), { force: true });
    await store.marketData.recordGap({ instrument, from: at(0), to: at(1), reason: "away" });
    await store.marketData.recordGap({ instrument, from: at(3), to: at(4), reason: "lost" });
    const [one, ...more] = await store.watch.series(9);
    assert.deepEqual(more, []);
    assert.deepEqual(one, {
      ...key,
      newest: madeCandle(7).time,
      ...{ intervals: 7, candles: 6, empty: 1, trades: 4 * 2 + 9, gaps: 2 },
    });
    const gaps = await store.watch.recentGaps(1);
    assert.deepEqual(gaps.map(({ from, reason }) => [from, reason]), [[at(3), "lost"]]);
    assert.deepEqual((await store.watch.recentGaps(5)).map(({ from }) => from), [at(3), at(0)]);
  });

  test("looks back over a hundred intervals of a series", async (store) => {
    const key = { exchange: "okx", symbol: "BTC/USDT", timeframe: "1m" } as const;
    const all = Array.from({ length: 150 }, (_, i) => ({ ...madeCandle(i), trades: 1 }));
    await store.marketData.upsertCandles(key, all);
    const [{ intervals, candles, trades }] = await store.watch.series(1);
    assert.deepEqual([intervals, candles, trades], [100, 100, 100]);
  });
}
