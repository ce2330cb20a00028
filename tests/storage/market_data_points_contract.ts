import assert from "node:assert/strict";
import type { MarketDataPoint } from "../../engine/ports/raw_trades.ts";
import { StoreError } from "../../engine/ports/store_errors.ts";
import type { ContractTest } from "./store_contract.ts";

const BTC = { exchange: "okx", symbol: "BTC/USDT" };
const MONTH_END = Date.UTC(2024, 8, 1);

const TICKER = { last: "60000.10", bid: 60_000, nested: [{ a: null, b: [1e-18, true, 'é "\\'] }] };

/** What every store's `rawTrades` must do with data other than trades. */
export function marketDataPointsContract(test: ContractTest): void {
  test("gives other market data back as it was received, across months", async ({ rawTrades }) => {
    const points: MarketDataPoint[] = [
      { timestamp: MONTH_END - 1, id: "10", data: TICKER },
      { timestamp: MONTH_END, id: "9", data: [] },
      { timestamp: MONTH_END, id: "10", data: "a text" },
      { timestamp: MONTH_END, id: "11", data: null },
      { timestamp: MONTH_END + 1, id: "a", data: 0 },
    ];
    assert.equal(await rawTrades.insertMarketDataPoints(BTC, "ticker", points.toReversed()), 5);
    assert.deepEqual(await rawTrades.between(BTC, "ticker", 0, MONTH_END * 2), points);
    assert.deepEqual(
      await rawTrades.between(BTC, "ticker", MONTH_END, MONTH_END + 1),
      points.slice(1, 4),
    );
    assert.deepEqual(await rawTrades.between(BTC, "book", 0, MONTH_END * 2), []);
    assert.deepEqual(await rawTrades.between(BTC, "trade", 0, MONTH_END * 2), []);
  });

  test("tells points without ids by their content", async ({ rawTrades }) => {
    const put = (data: unknown, timestamp = MONTH_END) =>
      rawTrades.insertMarketDataPoint(BTC, "book", { timestamp, data });
    assert.equal(await put({ bids: [[1, 2]] }), true);
    assert.equal(await put({ bids: [[1, 2]] }), false);
    assert.equal(await put({ bids: [[1, 3]] }), true);
    assert.equal(await put({ bids: [[1, 2]] }, MONTH_END + 1), true);
    const stored = await rawTrades.between(BTC, "book", 0, MONTH_END * 2);
    assert.equal(stored.length, 3);
    assert.deepEqual(stored[2].data, { bids: [[1, 2]] });
  });

  test("keeps types, instruments and trades apart", async ({ rawTrades }) => {
    const point = { timestamp: MONTH_END, id: "1", data: 1 };
    const trade = { id: "1", timestamp: MONTH_END, price: 1, amount: 1, side: "buy" } as const;
    const eth = { ...BTC, symbol: "ETH/USDT" };
    assert.equal(await rawTrades.insertMarketDataPoint(BTC, "ticker", point), true);
    assert.equal(await rawTrades.insertMarketDataPoint(BTC, "book", point), true);
    assert.equal(await rawTrades.insertMarketDataPoint(eth, "ticker", point), true);
    assert.equal(await rawTrades.insertMarketDataPoint(BTC, "trade", trade), true);
    assert.deepEqual(await rawTrades.between(BTC, "ticker", 0, MONTH_END + 1), [point]);
    assert.deepEqual(await rawTrades.between(BTC, "trade", 0, MONTH_END + 1), [trade]);
  });

  test("takes and gives more points than fit into one statement", async ({ rawTrades }) => {
    const points = Array.from({ length: 25_000 }, (_, i) => (
      { timestamp: MONTH_END + Math.floor(i / 3), id: `${i}`, data: i }
    ));
    assert.equal(await rawTrades.insertMarketDataPoints(BTC, "ticker", points), 25_000);
    assert.deepEqual(await rawTrades.between(BTC, "ticker", 0, MONTH_END * 2), points);
  });

  test("refuses what is no data, no type or no time", async ({ rawTrades }) => {
    const good = { timestamp: MONTH_END, data: 1 };
    const refused: [string, MarketDataPoint][] = [
      ["ticker", { ...good, data: undefined }],
      ["ticker", { ...good, data: "\u0000" }],
      ["ticker", { ...good, id: "" }],
      ["ticker", { ...good, timestamp: NaN }],
      ["", good],
      ["trade", good],
    ];
    for (const [type, point] of refused) {
      await assert.rejects(rawTrades.insertMarketDataPoint(BTC, type, point), StoreError, type);
    }
    assert.deepEqual(await rawTrades.between(BTC, "ticker", 0, MONTH_END * 2), []);
  });
}
