import assert from "node:assert/strict";
import { Candles } from "../../engine/market/candles.ts";
import type { Trade } from "../../engine/market/trade.ts";
import type { Store } from "../../engine/ports/store.ts";
import { startChange } from "../../engine/storage/archive/change.ts";
import { verifyCandles } from "../../engine/storage/verify_candles.ts";
import { naiveCandles, type PlainTrade } from "../market/naive_candles.ts";
import { withStore } from "../support/database.ts";
import { inTempFolder } from "../support/temp_folder.ts";

const MINUTE = 60_000, START = Date.UTC(2024, 0, 31, 23, 55);
const INSTRUMENT = { exchange: "okx", symbol: "BTC/USDT" };
const KEY = { ...INSTRUMENT, timeframe: "1m" } as const;

/** Over midnight, some minutes silent; the first one begins in the middle. */
const plain: PlainTrade[] = Array.from({ length: 160 }, (_, i) => ({
  timestamp: START + 20_000 + i * 4_567 + (i > 60 ? 3 * MINUTE : 0),
  cents: 10_000 + i * 37 % 101,
  amountTicks: 1 + i * 7_919,
}));

const trades = plain.map(({ timestamp, cents, amountTicks }, i): Trade => ({
  id: `${i}`,
  timestamp,
  price: cents / 100,
  amount: amountTicks / 1e8,
  side: "buy",
}));

/** The exchange's own candles: those of the trades, with silent intervals left out. */
const own = naiveCandles(plain, "1m", "left").filter(({ kind }) => kind === "traded")
  .map((candle) => ({ ...candle, trades: NaN, kind: "backfilled" as const }));

const SPAN = { from: START, to: START + 20 * MINUTE };

async function withArchive(
  rows: typeof own,
  test: (root: string, store: Store) => Promise<void>,
): Promise<void> {
  await inTempFolder((root) =>
    withStore(async (store) => {
      const change = startChange(root), spans = [{ ...SPAN, source: "fetched" }];
      await change.add(KEY, { candles: Candles.fromRows("1m", rows), spans });
      await change.write();
      await test(root, store);
    })
  );
}

Deno.test("the archive is held against the candles of stored trades, whole intervals only", () =>
  withArchive(own, async (root, store) => {
    assert.deepEqual(await verifyCandles({ root, store }, KEY, SPAN), {
      candles: [],
      trades: { compared: 0, differences: [] },
    });
    await store.rawTrades.insert(INSTRUMENT, trades);
    assert.deepEqual(await verifyCandles({ root, store }, KEY, SPAN), {
      candles: [],
      trades: { compared: own.length, differences: [] },
    });
  }));

Deno.test("a candle that does not follow from the trades is told, unless trades may be missing", () =>
  withArchive(own.map((row, i) => i === 4 ? { ...row, volume: 1 } : row), async (root, store) => {
    await store.rawTrades.insert(INSTRUMENT, trades);
    const found = await verifyCandles({ root, store }, KEY, SPAN);
    assert.deepEqual(found.trades.differences.map(({ time }) => time), [own[4].time]);
    const to = own[4].time - 1, from = to - 10, reason = "away";
    await store.marketData.recordGap({ instrument: INSTRUMENT, from, to, reason });
    const after = await verifyCandles({ root, store }, KEY, SPAN);
    assert.deepEqual(after.trades, { compared: own.length - 1, differences: [] });
  }));

Deno.test("a candle that the trades have and the archive calls silent is told", () =>
  withArchive(own.filter((_, i) => i !== 2), async (root, store) => {
    await store.rawTrades.insert(INSTRUMENT, trades);
    const { differences } = (await verifyCandles({ root, store }, KEY, SPAN)).trades;
    assert.deepEqual(differences.map(({ time, stored }) => [time, stored]), [[
      own[2].time,
      undefined,
    ]]);
  }));

Deno.test("the database's candles are compared as they stand", () =>
  withArchive(own, async (root, store) => {
    await store.marketData.upsertCandles(KEY, own.map((row) => ({ ...row, close: row.low })));
    const { candles } = await verifyCandles({ root, store }, KEY, SPAN);
    const differing = own.filter(({ close, low }) => close !== low);
    assert.ok(differing.length > 5);
    assert.deepEqual(candles.map(({ time }) => time), differing.map(({ time }) => time));
    await store.marketData.upsertCandles(KEY, own, { force: true });
    assert.deepEqual((await verifyCandles({ root, store }, KEY, SPAN)).candles, []);
  }));

Deno.test("where trades were kept only for a part of the time, what is not of them is left alone", () =>
  withArchive(own, async (root, store) => {
    // The collector saw all; from 2:30 to 6:10 after the start it was told to keep no trades.
    const counted = naiveCandles(plain, "1m", "left");
    await store.marketData.upsertCandles(KEY, counted);
    const [off, on] = [START + 150_000, START + 370_000];
    const kept = trades.filter(({ timestamp }) => timestamp < off || timestamp >= on);
    await store.rawTrades.insert(INSTRUMENT, kept);
    const found = await verifyCandles({ root, store }, KEY, SPAN);
    assert.deepEqual(found.candles, []);
    const whole = own.filter(({ time }) => time <= off || time - MINUTE >= on);
    assert.deepEqual(found.trades, { compared: whole.length, differences: [] });
  }));

Deno.test("a candle that the exchange's own stands in for does not follow from the trades", () =>
  withArchive(own, async (root, store) => {
    const counted = naiveCandles(plain, "1m", "left");
    // The third minute was seen in part only, and was fetched.
    const fetched = counted.map((row, i) => i === 2 ? own[2] : row);
    await store.marketData.upsertCandles(KEY, fetched);
    const seen = trades.filter(({ timestamp }) =>
      timestamp < own[2].time - 30_000 || timestamp >= own[2].time
    );
    await store.rawTrades.insert(INSTRUMENT, seen);
    const found = await verifyCandles({ root, store }, KEY, SPAN);
    assert.deepEqual(found.trades, { compared: own.length - 1, differences: [] });
  }));
