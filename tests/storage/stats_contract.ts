import assert from "node:assert/strict";
import { madeCandle } from "./market_data_contract.ts";
import type { ContractTest } from "./store_contract.ts";
import { bareBot } from "./bare_bot.ts";

const BTC = { exchange: "binance", symbol: "BTC/USDT" };

/** What every store must tell of itself. */
export function statsContract(test: ContractTest): void {
  test("is healthy and says why", async (store) => {
    const { healthy, latency, detail, version, migrations, connections } = await store
      .healthCheck();
    assert.equal(healthy, true, detail);
    assert.ok(latency > 0 && detail.length > 0);
    assert.match(version ?? "", /^\d+(\.\d+)?/);
    assert.ok(migrations && migrations.applied === migrations.known && migrations.known > 0);
    assert.ok(connections && connections.open >= 1 && connections.open <= connections.most);
  });

  test("counts its rows and says from when to when its candles are", async (store) => {
    const { bytes: empty, ...none } = await store.stats();
    assert.ok(empty > 0);
    assert.deepEqual(none, {
      candles: 0,
      bots: 0,
      signals: 0,
      trades: 0,
      performance: 0,
      rawTrades: 0,
      gaps: 0,
      estimated: [],
      oldestCandle: undefined,
      newestCandle: undefined,
    });
    await store.bots.create(bareBot("one"));
    await store.marketData.upsertCandles({ ...BTC, timeframe: "1m" }, [
      madeCandle(5),
      madeCandle(7),
    ]);
    await store.marketData.upsertCandles({ ...BTC, timeframe: "5m" }, [madeCandle(4)]);
    await store.marketData.upsertCandle({ ...BTC, timeframe: "1m" }, madeCandle(3));
    await store.marketData.recordGap({ instrument: BTC, from: 1, to: 2, reason: "away" });
    await store.rawTrades.insertMarketDataPoint(BTC, "ticker", { timestamp: 1, data: {} });
    const { bytes, ...some } = await store.stats();
    assert.ok(bytes >= empty);
    assert.deepEqual(some, {
      ...none,
      bots: 1,
      candles: 4,
      gaps: 1,
      rawTrades: 1,
      oldestCandle: madeCandle(3).time,
      newestCandle: madeCandle(7).time,
    });
  });
}
