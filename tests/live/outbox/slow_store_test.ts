import assert from "node:assert/strict";
import { answering } from "../../../engine/live/answering.ts";
import {
  NewCandles,
  RawTrades,
  Revisions,
  type Told,
} from "../../../engine/live/outbox/candle_jobs.ts";
import { type Job, Outbox } from "../../../engine/live/outbox/outbox.ts";
import type { Candle } from "../../../engine/market/candles.ts";
import type { Trade } from "../../../engine/market/trade.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { UnreachableError } from "../../../engine/ports/store_errors.ts";
import { withStore } from "../../support/database.ts";
import { SECONDS } from "../collecting.ts";
import { FakeClock } from "../fake_clock.ts";
import { BTC, NINE } from "../made_feed.ts";

/**
 * A store that takes 20 ms of this clock for each row, and gives a statement ten seconds; `storing` is
 * told what the database itself is doing, for which the clock is to wait.
 */
function slowStore(
  store: Store,
  clock: FakeClock,
  storing: (doing: Promise<unknown>) => void,
): Store {
  const slowly = async <T>(rows: readonly unknown[], act: () => Promise<T>): Promise<T> => {
    await clock.sleep(Math.min(20 * rows.length, 10_000));
    if (rows.length > 500) throw new UnreachableError("Cannot store them: it took too long");
    const doing = act();
    storing(doing);
    return await doing;
  };
  const { marketData, rawTrades } = store;
  return {
    ...store,
    marketData: {
      ...marketData,
      upsertCandles: (key, candles, options) =>
        slowly(candles, () => marketData.upsertCandles(key, candles, options)),
      revise: (key, candles) => slowly(candles, () => marketData.revise(key, candles)),
    },
    rawTrades: {
      ...rawTrades,
      insert: (instrument, trades) => slowly(trades, () => rawTrades.insert(instrument, trades)),
    },
  };
}

/** Has an outbox store these jobs, for an hour of its clock at most; returns what became of them. */
async function storeSlowly(store: Store, jobs: readonly Job[]): Promise<{ left: number }> {
  const clock = new FakeClock();
  let stored: Promise<unknown> = Promise.resolve();
  const slow = slowStore(store, clock, (doing) => stored = doing);
  const patient = answering(slow, "The database", clock);
  const box = new Outbox({
    store: patient,
    clock,
    trouble: () => {},
    stopping: new AbortController().signal,
  });
  for (const job of jobs) box.add(job);
  let drained = false;
  const done = box.drain().finally(() => drained = true);
  for (let second = 0; second < 3_600 && !drained; second++) {
    clock.advance(1_000);
    await new Promise((resolve) => setTimeout(resolve, 0));
    await stored;
  }
  if (drained) await done;
  return { left: box.rows };
}

const ROWS = 6_300;

/** Candles of one second each, behind nine. */
const candles = (close: number): Candle[] =>
  Array.from({ length: ROWS }, (_, i) => ({
    ...{ time: NINE + 1_000 * (i + 1), open: 1, high: 9, low: 1, close },
    ...{ volume: i + 1, trades: 1, kind: "traded" as const },
  }));

Deno.test("a slow database stores many candles, revisions and trades, each of them once", () =>
  withStore(async (store) => {
    let count = 0, revised = 0;
    const told: Told = {
      stored: (_key, _newest, more) => Promise.resolve(void (count += more)),
      revised: () => Promise.resolve(void revised++),
      conflict: (message) => assert.fail(message),
    };
    const trades = Array.from({ length: ROWS }, (_, i): Trade => ({
      ...{ id: `${i}`, timestamp: NINE + i, price: 1, amount: 1, side: "buy" },
    }));
    const made = new NewCandles(SECONDS, told), again = new Revisions(SECONDS, told);
    const raw = new RawTrades(BTC);
    raw.add(trades);
    for (const candle of candles(2)) made.add(candle);
    for (const candle of candles(3)) again.add(candle);
    assert.deepEqual(await storeSlowly(store, [raw, made, again]), { left: 0 });
    assert.deepEqual([count, revised], [ROWS, ROWS]);
    assert.deepEqual((await store.marketData.candles(SECONDS)).rows(), candles(2));
    const latest = await store.marketData.candles(SECONDS, { revision: "latest" });
    assert.deepEqual(latest.rows(), candles(3));
    const kept = await store.rawTrades.between(BTC, "trade", NINE, NINE + ROWS);
    assert.deepEqual(kept, trades.toSorted((a, b) => a.timestamp - b.timestamp));
  }));
