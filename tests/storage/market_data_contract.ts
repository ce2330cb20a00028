import assert from "node:assert/strict";
import fc from "fast-check";
import type { Candle } from "../../engine/market/candles.ts";
import type { MarketKey } from "../../engine/ports/store.ts";
import { CandleConflictError, StoreError } from "../../engine/ports/store_errors.ts";
import type { ContractTest } from "./store_contract.ts";

const KEY: MarketKey = { exchange: "binance", symbol: "BTC/USDT", timeframe: "1m" };
const MINUTE = 60_000, START = Date.UTC(2024, 7, 8, 12);

/** A candle like no other, for each i. */
export function madeCandle(i: number, change: Partial<Candle> = {}): Candle {
  const open = 100 + i / 8;
  return {
    time: START + (i + 1) * MINUTE,
    open,
    high: open + 2,
    low: open - 2,
    close: open + 1,
    volume: i,
    trades: i,
    kind: "traded",
    ...change,
  };
}

const made = (count: number) => Array.from({ length: count }, (_, i) => madeCandle(i));

/** Same bits, NaN included. */
const sameRows = (actual: readonly Candle[], expected: readonly Candle[]) =>
  assert.deepEqual(actual, expected);

/** What every store's `marketData` must do. */
export function marketDataContract(test: ContractTest): void {
  test("gives candles back as stored, NaN counts included", async ({ marketData }) => {
    const rows = [
      madeCandle(0),
      madeCandle(1, { trades: NaN, kind: "backfilled" }),
      madeCandle(2, { volume: 0, trades: 0, kind: "empty" }),
    ];
    assert.equal(await marketData.upsertCandles(KEY, rows), 3);
    const candles = await marketData.candles(KEY);
    assert.equal(candles.timeframe, "1m");
    assert.equal(candles.decimals, 3);
    sameRows(candles.rows(), rows);
  });

  test("keeps every bit of a double", async ({ marketData }) => {
    const odd = [5e-324, Number.MIN_VALUE * 3, 2.2250738585072014e-308, 0.1 + 0.2, 1 / 3]
      .concat([61_234.560_000_000_005, 9_007_199_254_740_993, 1e23, Number.MAX_VALUE]);
    const drawn = fc.sample(fc.double({ min: 5e-324, max: Number.MAX_VALUE, noNaN: true }), {
      numRuns: 500,
      seed: 20_240_808,
    });
    const rows = [...odd, ...drawn].map((value, i) =>
      madeCandle(i, { open: value, high: value, low: value, close: value, volume: value })
    );
    await marketData.upsertCandles(KEY, rows);
    const stored = await marketData.candles(KEY);
    for (const field of ["open", "high", "low", "close", "volume"] as const) {
      const expected = Float64Array.from(rows, (row) => row[field]);
      assert.deepEqual(
        new BigUint64Array(new Float64Array(stored[field]).buffer),
        new BigUint64Array(expected.buffer),
        field,
      );
    }
    assert.equal(await marketData.upsertCandles(KEY, rows), 0, "they equal themselves");
  });

  test("reads after, to and limit as half-open ranges of close times", async ({ marketData }) => {
    const rows = made(10);
    await marketData.upsertCandles(KEY, rows);
    const read = async (range: Parameters<typeof marketData.candles>[1]) =>
      (await marketData.candles(KEY, range)).rows();
    sameRows(await read({ after: rows[3].time }), rows.slice(4));
    sameRows(await read({ to: rows[3].time }), rows.slice(0, 4));
    sameRows(await read({ after: rows[2].time, to: rows[5].time }), rows.slice(3, 6));
    sameRows(await read({ after: rows[2].time, limit: 2 }), rows.slice(3, 5));
    sameRows(await read({ after: rows[9].time }), []);
    sameRows(await read({ limit: 0 }), []);
  });

  test("keeps markets and timeframes apart", async ({ marketData }) => {
    const keys: MarketKey[] = [
      KEY,
      { ...KEY, timeframe: "1M" },
      { ...KEY, symbol: "ETH/USDT" },
      { ...KEY, exchange: "kraken" },
    ];
    for (const [i, key] of keys.entries()) {
      await marketData.upsertCandle(key, madeCandle(0, { volume: i }));
    }
    for (const [i, key] of keys.entries()) {
      assert.deepEqual([...(await marketData.candles(key)).volume], [i]);
      assert.equal((await marketData.latestCandle(key))?.volume, i);
    }
  });

  test("leaves a candle alone that is stored with the same values", async ({ marketData }) => {
    const rows = made(3);
    rows[1].trades = NaN;
    await marketData.upsertCandles(KEY, rows.slice(0, 2));
    assert.equal(await marketData.upsertCandles(KEY, rows), 1);
    assert.equal(await marketData.upsertCandles(KEY, rows, { force: true }), 0);
    assert.equal(await marketData.upsertCandle(KEY, rows[1]), false);
    sameRows((await marketData.candles(KEY)).rows(), rows);
  });

  test("refuses other values for a stored candle", async ({ marketData }) => {
    await marketData.upsertCandle(KEY, madeCandle(1));
    for (const change of [{ close: 101.5 }, { volume: 7 }, { trades: 9 }, { trades: NaN }]) {
      const rows = [madeCandle(0), madeCandle(1, change), madeCandle(2)];
      await assert.rejects(marketData.upsertCandles(KEY, rows), (error: CandleConflictError) => {
        assert.ok(error instanceof CandleConflictError);
        assert.match(error.message, /1m candle 2024-08-08T12:02:00.000Z of BTC\/USDT on binance/);
        assert.equal(error.context.time, rows[1].time);
        return true;
      });
    }
    sameRows((await marketData.candles(KEY)).rows(), [madeCandle(1)]);
  });

  test("writes a big batch whole or not at all", async ({ marketData }) => {
    const rows = made(5_000);
    await marketData.upsertCandle(KEY, { ...rows[4_990], volume: 1 });
    await assert.rejects(marketData.upsertCandles(KEY, rows), CandleConflictError);
    assert.equal((await marketData.candles(KEY)).length, 1);
    assert.equal(await marketData.upsertCandles(KEY, rows, { force: true }), 5_000);
    sameRows((await marketData.candles(KEY, { revision: "latest" })).rows(), rows);
  });

  test("keeps what was decided when a correction is forced", async ({ marketData }) => {
    const rows = made(3), once = { ...rows[1], volume: 50 }, twice = { ...rows[1], trades: NaN };
    const read = async (revision: "decided" | "latest") =>
      (await marketData.candles(KEY, { revision })).rows();
    await marketData.upsertCandles(KEY, rows);
    assert.equal(await marketData.upsertCandle(KEY, once, { force: true }), true);
    assert.equal(await marketData.upsertCandle(KEY, twice, { force: true }), true);
    assert.equal(await marketData.upsertCandle(KEY, twice, { force: true }), false);
    sameRows((await marketData.candles(KEY)).rows(), rows);
    sameRows(await read("decided"), rows);
    sameRows(await read("latest"), [rows[0], twice, rows[2]]);
    // A collector that repeats itself after a crash sends the first values again.
    assert.equal(await marketData.upsertCandle(KEY, rows[1]), false);
    assert.equal(await marketData.upsertCandle(KEY, rows[1], { force: true }), true);
    sameRows(await read("latest"), rows);
  });

  test("knows the latest candle as it stands", async ({ marketData }) => {
    assert.equal(await marketData.latestCandle(KEY), undefined);
    const rows = made(3), corrected = { ...rows[2], trades: NaN };
    await marketData.upsertCandles(KEY, rows);
    assert.deepEqual(await marketData.latestCandle(KEY), rows[2]);
    await marketData.upsertCandle(KEY, corrected, { force: true });
    assert.deepEqual(await marketData.latestCandle(KEY), corrected);
  });

  const impossible: Partial<Candle>[] = [
    { close: NaN },
    { high: Infinity },
    { low: 0 },
    { open: -1 },
    { volume: NaN },
    { volume: -1 },
    { volume: Infinity },
    { high: 99 },
    { low: 103 },
    { high: 100.5, close: 100.75 },
    { trades: -1 },
  ];
  test("refuses impossible candles", async ({ marketData }) => {
    for (const change of impossible) {
      const rows = [madeCandle(0), madeCandle(1, change)], what = JSON.stringify(change);
      await assert.rejects(marketData.upsertCandles(KEY, rows), StoreError, what);
      await assert.rejects(marketData.upsertCandles(KEY, rows, { force: true }), StoreError, what);
    }
    assert.equal((await marketData.candles(KEY)).length, 0);
  });

  test("refuses the same time twice in one batch", async ({ marketData }) => {
    const rows = [madeCandle(0), madeCandle(0, { volume: 5 })];
    await assert.rejects(marketData.upsertCandles(KEY, rows), /twice/);
    assert.equal((await marketData.candles(KEY)).length, 0);
  });

  test("lets two writers store the same candles at once", async ({ marketData }) => {
    const rows = made(3_000);
    const written = await Promise.all([1, 2, 3].map(() => marketData.upsertCandles(KEY, rows)));
    assert.equal(written[0] + written[1] + written[2], rows.length);
    sameRows((await marketData.candles(KEY)).rows(), rows);
  });

  test("takes no candles as nothing to do", async ({ marketData }) => {
    assert.equal(await marketData.upsertCandles(KEY, []), 0);
    const candles = await marketData.candles(KEY);
    assert.equal(candles.length, 0);
    assert.equal(candles.timeframe, "1m");
  });
}
