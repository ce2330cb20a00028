import assert from "node:assert/strict";
import type { Candle } from "../../engine/market/candles.ts";
import type {
  CandleRange,
  MarketDataRepository,
  MarketKey,
  Store,
} from "../../engine/ports/store.ts";
import { CandleConflictError } from "../../engine/ports/store_errors.ts";
import { madeCandle } from "./market_data_contract.ts";
import type { ContractTest } from "./store_contract.ts";

const KEY: MarketKey = { exchange: "binance", symbol: "BTC/USDT", timeframe: "1m" };

async function read(marketData: MarketDataRepository, revision: "decided" | "latest") {
  return (await marketData.candles(KEY, { revision })).rows();
}

/** What every store's `marketData` must do with candles that come late. */
export function revisionsContract(test: ContractTest): void {
  test("never shows as decided what was first stored behind a newer candle", async (store) => {
    const { marketData } = store, rows = [0, 1, 2, 3].map((i) => madeCandle(i));
    const again = { ...rows[1], volume: 99 };
    assert.equal(await marketData.upsertCandle(KEY, rows[2]), true);
    assert.equal(await marketData.upsertCandles(KEY, [rows[3], rows[1], rows[0]]), 3);
    assert.deepEqual(await read(marketData, "decided"), [rows[2], rows[3]]);
    assert.deepEqual(await read(marketData, "latest"), rows);
    assert.equal(await marketData.upsertCandles(KEY, rows), 0);
    await assert.rejects(marketData.upsertCandle(KEY, again), CandleConflictError);
    assert.equal(await marketData.upsertCandle(KEY, again, { force: true }), true);
    assert.deepEqual(await read(marketData, "latest"), [rows[0], again, rows[2], rows[3]]);
    assert.deepEqual(await read(marketData, "decided"), [rows[2], rows[3]]);
  });

  test("shows those who began later what was stored in front, as it was first", async (store) => {
    const { marketData } = store, rows = [0, 1, 2, 3, 4].map((i) => madeCandle(i));
    const late = { ...rows[3], volume: 98 }, again = { ...rows[1], volume: 99 };
    await marketData.upsertCandles(KEY, [rows[3], rows[4]]);
    await marketData.upsertCandles(KEY, rows.slice(0, 3));
    for (const volume of [99, 100, 101]) {
      await marketData.revise(KEY, [{ ...again, volume }, { ...late, volume }]);
    }
    const of = async (range: CandleRange) => (await marketData.candles(KEY, range)).rows();
    assert.deepEqual(await of({}), rows.slice(3));
    assert.deepEqual(await of({ front: rows[2].time }), rows);
    assert.deepEqual(await of({ front: rows[1].time }), [rows[0], rows[1], rows[3], rows[4]]);
    for (const limit of [1, 2, 3, 4]) {
      const front = rows[3].time, after = rows[0].time;
      assert.deepEqual(await of({ front, after, limit }), rows.slice(1, 1 + limit));
    }
    assert.deepEqual((await of({ front: rows[2].time, revision: "latest" })).length, 5);
  });

  test("counts series apart when it says what is behind", async ({ marketData }) => {
    await marketData.upsertCandle({ ...KEY, timeframe: "5m" }, madeCandle(9));
    await marketData.upsertCandle({ ...KEY, symbol: "ETH/USDT" }, madeCandle(9));
    await marketData.upsertCandle(KEY, madeCandle(0));
    assert.deepEqual(await read(marketData, "decided"), [madeCandle(0)]);
  });

  test("takes candles in any order within one call", async ({ marketData }) => {
    const rows = Array.from({ length: 4_500 }, (_, i) => madeCandle(i));
    assert.equal(await marketData.upsertCandles(KEY, rows.toReversed()), 4_500);
    assert.deepEqual(await read(marketData, "decided"), rows);
  });

  test("says what a revision changed, and as which revision", async ({ marketData }) => {
    const rows = [0, 1, 2, 3].map((i) => madeCandle(i));
    const changed = { ...rows[2], close: rows[2].close - 1 }, later = { ...changed, trades: NaN };
    await marketData.upsertCandles(KEY, [rows[1], rows[2]]);
    assert.deepEqual(await marketData.revise(KEY, [rows[3], changed, rows[1], rows[0]]), [
      { candle: rows[0], revision: 1 },
      { candle: changed, revision: 1 },
      { candle: rows[3], revision: 0 },
    ]);
    assert.deepEqual(await marketData.revise(KEY, [changed]), []);
    assert.deepEqual(await marketData.revise(KEY, [later, rows[0]]), [
      { candle: later, revision: 2 },
    ]);
    assert.deepEqual(await marketData.revise(KEY, []), []);
    assert.deepEqual(await read(marketData, "latest"), [rows[0], rows[1], later, rows[3]]);
    assert.deepEqual(await read(marketData, "decided"), rows.slice(1));
  });

  test("knows the latest candle by its time, in both readings", async ({ marketData }) => {
    const rows = [0, 1, 2].map((i) => madeCandle(i)), corrected = { ...rows[2], volume: 7 };
    assert.equal(await marketData.latestCandle(KEY, "decided"), undefined);
    await marketData.upsertCandles(KEY, [rows[0], rows[2]]);
    await marketData.upsertCandle(KEY, rows[1]);
    assert.deepEqual(await marketData.latestCandle(KEY), rows[2]);
    await marketData.revise(KEY, [corrected, { ...rows[1], volume: 8 }]);
    assert.deepEqual(await marketData.latestCandle(KEY), corrected);
    assert.deepEqual(await marketData.latestCandle(KEY, "decided"), rows[2]);
  });

  test("reads the limit of the latest revisions in candles, not in rows", async ({ marketData }) => {
    const rows = [0, 1, 2, 3, 4].map((i) => madeCandle(i));
    await marketData.upsertCandles(KEY, rows);
    for (let volume = 10; volume < 15; volume++) {
      await marketData.revise(KEY, [0, 2].map((i) => rows[i] = { ...rows[i], volume }));
    }
    for (const limit of [0, 1, 2, 3, 4, 5, 6]) {
      const some = await marketData.candles(KEY, { revision: "latest", limit });
      assert.deepEqual(some.rows(), rows.slice(0, limit), `${limit}`);
    }
    const middle = { revision: "latest", after: rows[0].time, to: rows[3].time } as const;
    assert.deepEqual((await marketData.candles(KEY, middle)).rows(), rows.slice(1, 4));
    assert.deepEqual(
      (await marketData.candles(KEY, { ...middle, limit: 2 })).rows(),
      rows.slice(1, 3),
    );
  });

  test("reads more candles than fit into one statement, in both readings", async (store) => {
    const { marketData } = store, rows = Array.from({ length: 21_000 }, (_, i) => madeCandle(i));
    await marketData.upsertCandles(KEY, rows);
    assert.deepEqual(await read(marketData, "decided"), rows);
    const changed = rows.map((row, i) => i % 3 === 0 ? { ...row, trades: 1 + i } : row);
    assert.equal((await marketData.revise(KEY, changed)).length, 7_000);
    assert.deepEqual(await read(marketData, "latest"), changed);
    assert.deepEqual(await read(marketData, "decided"), rows);
  });

  test("shows who follows what is decided all of it, though many write at once", (store) =>
    followManyWriters(store));
}

/** Every number below `count` once, in an order that looks like none. */
const scattered = (count: number, step: number) =>
  Array.from({ length: count }, (_, i) => (i * step + 3) % count);

async function followManyWriters({ marketData }: Store): Promise<void> {
  const rows = Array.from({ length: 211 }, (_, i) => madeCandle(i)), seen: Candle[] = [];
  const counts: number[] = [];
  let writing = true;
  const follow = async () => {
    for (let more = true; more; more = writing) {
      const after = seen.at(-1)?.time;
      for (const row of (await marketData.candles(KEY, { after })).rows()) seen.push(row);
    }
  };
  const write = async (step: number) => {
    // On the whole from old to new, as writers do, but each with leaps of its own.
    const order = scattered(rows.length, step).sort((a, b) => (a >> 4) - (b >> 4));
    for (let i = 0; i < order.length; i += 2) {
      const batch = order.slice(i, i + 2).map((k) => rows[k]);
      counts.push(await marketData.upsertCandles(KEY, batch));
    }
  };
  const writers = Promise.all([2, 3, 5, 7].map(write)).finally(() => writing = false);
  await Promise.all([follow(), writers]);
  const last = await marketData.candles(KEY, { after: seen.at(-1)?.time });
  assert.deepEqual([...seen, ...last.rows()], await read(marketData, "decided"));
  assert.deepEqual(await read(marketData, "latest"), rows);
  assert.equal(counts.reduce((sum, count) => sum + count), rows.length);
  const late = (await marketData.revise(KEY, rows.map((row) => ({ ...row, trades: 999 }))))
    .map(({ revision }) => revision);
  assert.deepEqual(new Set(late), new Set([1, 2]), "some came behind, and some did not");
}
