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
