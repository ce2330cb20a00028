import assert from "node:assert/strict";
import { SYMBOLS } from "../support/fake_exchange/made_rows.ts";
import { tapeRows } from "../support/fake_exchange/tape_rows.ts";
import { ALL, ROWS, withClient } from "../support/fake_exchange/with_client.ts";
import { sharedPath, sharedTest } from "../support/shared.ts";

Deno.test("candles come in pages, flat where nothing trades, the last one unfinished", async () => {
  const [first] = ROWS, later = first.trade.timestamp + 1_500 * 60_000 + 500;
  const last = { ...first, trade: { ...first.trade, id: "9999", timestamp: later } };
  const options = { trades: [...ROWS, last] }, [symbol] = SYMBOLS;
  const start = first.trade.timestamp - first.trade.timestamp % 60_000;
  for (const [name, size] of [["okx", 300], ["binance", 1_000]] as const) {
    await withClient(name, async ({ ccxt }, exchange) => {
      exchange.advance(1_501 * 60_000);
      const candles: number[][] = [];
      for (let since = start; since <= later; since = candles.at(-1)![0] + 60_000) {
        const page = await ccxt.fetchOHLCV(symbol, "1m", since, size + 1);
        assert.ok(page.length <= size);
        candles.push(...page);
      }
      assert.deepEqual(candles.map(([time]) => time), minutes(start, candles.length));
      assert.equal(candles.length, 1_501);
      const volume = candles.reduce((sum, candle) => sum + Math.round(candle[5] * 1e5), 0);
      const traded = options.trades.filter(({ instrument }) => instrument.symbol === symbol);
      const amounts = traded.map(({ trade }) => Math.round(trade.amount * 1e5));
      assert.equal(volume, amounts.reduce((sum, amount) => sum + amount));
      assert.deepEqual(candles[700].slice(1), [...Array(4).fill(candles[600][4]), 0]);
    }, options);
  }
});

function minutes(start: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => start + i * 60_000);
}

Deno.test("okx marks the candle that is not closed yet", () =>
  withClient("okx", async (_, exchange) => {
    exchange.advance(150_000);
    const { rest } = exchange.urls.api;
    const page = await fetch(`${rest}/api/v5/market/candles?instId=BTC-USDT&bar=1m`);
    const { data }: { data: string[][] } = await page.json();
    assert.deepEqual(data.map((candle) => candle.at(-1)), ["0", "1", "1"]);
  }));

sharedTest(
  "the fake exchange's candles are those that Binance made of the same trades",
  async () => {
    const rows = await tapeRows(sharedPath("data/trades_binance_all6_recv_order_20240808.csv.gz"), {
      market: "binance_um",
      symbol: "BTCUSDT",
    });
    const file = sharedPath("data/candles_binance_um_btcusdt_1m_20240808.csv.gz");
    const published = (await textOf(file)).trim().split("\n").slice(1).map((line) =>
      line.split(",")
    );
    const instruments = [{ symbol: "BTC/USDT", tape: rows[0].instrument }];
    await withClient("binance", async ({ ccxt }, exchange) => {
      exchange.advance(ALL);
      const candles = await ccxt.fetchOHLCV("BTC/USDT", "1m", rows[0].trade.timestamp, 100);
      const full = published.slice(1, 6).map((row) => row.slice(0, 6).map(Number));
      assert.equal(full.length, 5);
      for (const candle of full) {
        assert.deepEqual(candles.find(([time]) => time === candle[0]), candle);
      }
    }, { trades: rows, instruments });
  },
);

async function textOf(path: string): Promise<string> {
  const file = await Deno.open(path);
  return await new Response(file.readable.pipeThrough(new DecompressionStream("gzip"))).text();
}
