import assert from "node:assert/strict";
import type { Trade } from "../../engine/market/trade.ts";
import { StoreError, UnreachableError } from "../../engine/ports/store_errors.ts";
import type { ContractTest } from "./store_contract.ts";

const BTC = { exchange: "okx", symbol: "BTC/USDT" };
const MONTH_END = Date.UTC(2024, 8, 1);

const madeTrade = (id: string, timestamp: number): Trade => ({
  id,
  timestamp,
  price: 60_123.4,
  amount: 0.1 + 0.2,
  side: "sell",
});

/** What every store's `rawTrades` must do with trades. */
export function rawTradesContract(test: ContractTest): void {
  test("gives trades back in time order, across months", async ({ rawTrades }) => {
    const trades = [
      madeTrade("9", MONTH_END - 1),
      madeTrade("10", MONTH_END - 1),
      madeTrade("11", MONTH_END),
      madeTrade("a,\"b\\{}' é", MONTH_END + 5),
    ];
    assert.equal(await rawTrades.insert(BTC, [...trades].reverse()), 4);
    assert.deepEqual(await rawTrades.between(BTC, "trade", 0, MONTH_END * 2), trades);
    const upTo = (to: number) => rawTrades.between(BTC, "trade", MONTH_END - 1, to);
    assert.deepEqual(await upTo(MONTH_END), trades.slice(0, 2), "the end is not included");
    assert.deepEqual(await rawTrades.between(BTC, "trade", MONTH_END, MONTH_END + 1), [trades[2]]);
  });

  test("keeps for how many fills a trade stands", async ({ rawTrades }) => {
    const trades = [madeTrade("7", MONTH_END), { ...madeTrade("9", MONTH_END), fills: 2 }];
    assert.equal(await rawTrades.insert(BTC, trades), 2);
    assert.equal(await rawTrades.insert(BTC, [madeTrade("9", MONTH_END)]), 0);
    assert.deepEqual(await rawTrades.between(BTC, "trade", 0, MONTH_END * 2), trades);
    // One fill may be written out, and is the same.
    assert.equal(await rawTrades.insert(BTC, [{ ...madeTrade("10", MONTH_END), fills: 1 }]), 1);
    const [, , last] = await rawTrades.between(BTC, "trade", 0, MONTH_END * 2);
    assert.deepEqual(last, madeTrade("10", MONTH_END));
  });

  test("leaves a trade alone that is stored, and counts the others", async ({ rawTrades }) => {
    const trades = [madeTrade("7", MONTH_END), madeTrade("007", MONTH_END)];
    assert.equal(await rawTrades.insert(BTC, trades.slice(0, 1)), 1);
    assert.equal(await rawTrades.insert(BTC, trades), 1);
    assert.equal(await rawTrades.insert({ ...BTC, symbol: "ETH/USDT" }, trades), 2);
    assert.equal((await rawTrades.between(BTC, "trade", 0, MONTH_END * 2)).length, 2);
    assert.equal(await rawTrades.insert(BTC, []), 0);
  });

  test("takes more trades than fit into one statement", async ({ rawTrades }) => {
    const trades = Array.from({ length: 4_500 }, (_, i) => madeTrade(`${i}`, MONTH_END + i));
    assert.equal(await rawTrades.insert(BTC, trades), 4_500);
    assert.deepEqual(await rawTrades.between(BTC, "trade", MONTH_END, MONTH_END + 4_500), trades);
  });

  test("refuses impossible trades", async ({ rawTrades }) => {
    const impossible: Partial<Trade>[] = [
      { price: NaN },
      { price: 0 },
      { price: -1 },
      { amount: Infinity },
      { amount: 0 },
      { id: "" },
      { timestamp: NaN },
      { side: undefined },
    ];
    for (const change of impossible) {
      const trades = [{ ...madeTrade("1", MONTH_END), ...change }];
      await assert.rejects(rawTrades.insert(BTC, trades), (error: Error) => {
        assert.ok(error instanceof StoreError && !(error instanceof UnreachableError));
        return true;
      });
    }
    assert.deepEqual(await rawTrades.between(BTC, "trade", 0, MONTH_END * 2), []);
  });

  test("keeps ids of any kind exactly, and numbers in their order", async ({ rawTrades }) => {
    const ids = ["9", "10", "9007199254740993", "9007199254740994", "18446744073709551615"]
      .concat("7c0e3f9e-5a1c-4b7e-9f0a-000000000001");
    const trades = ids.map((id) => madeTrade(id, MONTH_END));
    for (const trade of trades.toReversed()) {
      assert.equal(await rawTrades.insertMarketDataPoint(BTC, "trade", trade), true);
      assert.equal(await rawTrades.insertMarketDataPoint(BTC, "trade", trade), false);
    }
    assert.deepEqual(await rawTrades.between(BTC, "trade", MONTH_END, MONTH_END + 1), trades);
  });
}
