import assert from "node:assert/strict";
import type { TapeRow } from "../../engine/market/tape.ts";
import type { Trade } from "../../engine/market/trade.ts";
import type { DialectName } from "../support/fake_exchange/dialect.ts";
import { SYMBOLS } from "../support/fake_exchange/made_rows.ts";
import type { Heard } from "../support/fake_exchange/raw_client.ts";
import { ALL, ROWS, withClient } from "../support/fake_exchange/with_client.ts";

const NAMES: readonly DialectName[] = ["okx", "binance", "coinbase", "kraken"];

const partsOf = ({ id, timestamp, price, amount, side }: Heard) => {
  return { id, timestamp, price, amount, side };
};

for (const name of NAMES) {
  Deno.test(`ccxt hears every trade of a tape from ${name}, as it is`, () =>
    withClient(name, async ({ heard, until }, exchange) => {
      exchange.advance(ALL);
      await exchange.finished;
      await until(() => heard.length === ROWS.length);
      for (const symbol of SYMBOLS) {
        const told = heard.filter((trade) => trade.symbol === symbol).map(partsOf);
        assert.deepEqual(told, tradesOf(symbol));
      }
      assert.deepEqual(exchange.served.map(({ trade }) => trade), ROWS.map(({ trade }) => trade));
    }, { aggregate: false }));
}

function tradesOf(symbol: string, rows: readonly TapeRow[] = ROWS) {
  return rows.filter(({ instrument }) => instrument.symbol === symbol).map(({ trade }) => trade);
}

Deno.test("okx pushes the fills of an order as one trade, with its last id and their number", () =>
  withClient("okx", async ({ heard, until }, exchange) => {
    exchange.advance(ALL);
    await exchange.finished;
    const fills = () => heard.reduce((sum, { info }) => sum + Number(info.count), 0);
    await until(() => fills() === ROWS.length);
    assert.ok(heard.length < ROWS.length);
    for (const symbol of SYMBOLS) {
      let previous = 999;
      for (const { id, amount, info } of heard.filter((trade) => trade.symbol === symbol)) {
        const count = Number(info.count);
        assert.equal(Number(id) - count, previous);
        const parts = tradesOf(symbol).slice(previous - 999, Number(id) - 999);
        assert.equal(amount, sumOf(parts));
        previous = Number(id);
      }
    }
  }));

/** Made amounts have five decimals. */
function sumOf(trades: readonly Trade[]): number {
  return trades.reduce((sum, { amount }) => sum + Math.round(amount * 1e5), 0) / 1e5;
}

Deno.test("a tape becomes public as the clock moves, over WebSocket and REST alike", () =>
  withClient("okx", async ({ heard, ccxt, until }, exchange) => {
    const [symbol] = SYMBOLS, pages = { method: "publicGetMarketHistoryTrades" };
    assert.deepEqual(await ccxt.fetchTrades(symbol, undefined, 100, pages), []);
    exchange.advance(20_000);
    const past = ROWS.filter(({ trade }) => trade.timestamp <= exchange.now());
    assert.ok(past.length > 10 && past.length < 100);
    await until(() => heard.length === past.length);
    const told = await ccxt.fetchTrades(symbol, undefined, 100, pages);
    assert.deepEqual(told.map(partsOf), tradesOf(symbol, past));
    assert.equal(await ccxt.fetchTime(), exchange.now());
  }, { aggregate: false }));

Deno.test("okx tells old trades by id and by time, 100 a page, newest first", () =>
  withClient("okx", async ({ ccxt }, exchange) => {
    exchange.advance(ALL);
    const [symbol] = SYMBOLS, all = tradesOf(symbol), method = "publicGetMarketHistoryTrades";
    const page = (params: object) =>
      ccxt.fetchTrades(symbol, undefined, 100, { method, ...params });
    const found: Heard[] = [];
    for (let after = `${1_000 + all.length}`; after !== "1000"; after = found[0].id) {
      const trades = await page({ after });
      assert.ok(trades.length <= 100);
      found.unshift(...trades);
    }
    assert.deepEqual(found.map(partsOf), all);
    const [before, after] = ["1099", "1140"];
    assert.deepEqual((await page({ before, after })).map(partsOf), all.slice(100, 140));
    const { timestamp } = all[200], older = all.filter((trade) => trade.timestamp < timestamp);
    const byTime = await page({ type: "2", after: `${timestamp}` });
    assert.deepEqual(byTime.map(partsOf), older.slice(-100));
  }));

Deno.test("binance tells old trades by id, and orders by number and by time", () =>
  withClient("binance", async ({ ccxt }, exchange) => {
    exchange.advance(ALL);
    const [symbol] = SYMBOLS, all = tradesOf(symbol);
    const byId = { fetchTradesMethod: "publicGetHistoricalTrades", fromId: "1100" };
    const trades = await ccxt.fetchTrades(symbol, undefined, 50, byId);
    assert.deepEqual(trades.map(partsOf), all.slice(100, 150));
    const orders = await ccxt.fetchTrades(symbol, all[0].timestamp, 1_000);
    assert.ok(orders.length < all.length);
    let next = 1_000;
    for (const { info, amount } of orders) {
      assert.equal(Number(info.f), next);
      const parts = all.slice(next - 1_000, Number(info.l) - 999);
      assert.equal(amount, sumOf(parts));
      next = Number(info.l) + 1;
    }
    assert.equal(next, 1_000 + all.length);
    const later = await ccxt.fetchTrades(symbol, undefined, 1_000, { fromId: orders[9].id });
    assert.deepEqual(later.map(({ id }) => id), orders.slice(9).map(({ id }) => id));
  }));

for (const name of ["coinbase", "kraken"] as const) {
  Deno.test(`${name} begins with the newest trades and tells old ones over REST`, () =>
    withClient(name, async ({ ccxt, heard, until }, exchange) => {
      exchange.advance(60_000);
      const past = ROWS.filter(({ trade }) => trade.timestamp <= exchange.now());
      await until(() => heard.length === past.length);
      exchange.inject("reset");
      await until(() => heard.length > past.length);
      for (const symbol of SYMBOLS) {
        const all = tradesOf(symbol, past), again = all.slice(-50);
        await until(() =>
          heard.filter((t) => t.symbol === symbol).length === all.length + again.length
        );
        const snapshot = heard.slice(past.length).filter((trade) => trade.symbol === symbol);
        assert.deepEqual(snapshot.map(partsOf), again);
      }
      const [symbol] = SYMBOLS, all = tradesOf(symbol, past), since = all[20].timestamp;
      const range = name === "coinbase" ? { until: exchange.now() + 1_000 } : {};
      const told = await ccxt.fetchTrades(symbol, since, 1_000, range);
      assert.deepEqual(told.map(partsOf).at(-1), all.at(-1));
      assert.equal(told.length, all.filter(({ timestamp }) => timestamp >= since).length);
    }));
}

Deno.test("too many requests are refused", () =>
  withClient("okx", async ({ ccxt }, exchange) => {
    const method = "publicGetMarketHistoryTrades";
    // Twenty are allowed in two seconds, which a slow machine may need for more than that.
    let failed: PromiseSettledResult<unknown>[] = [];
    for (let round = 0; failed.length === 0 && round < 20; round++) {
      const asked = Array.from({ length: 25 }, () => {
        return ccxt.fetchTrades(SYMBOLS[0], undefined, 100, { method });
      });
      const ended = await Promise.allSettled(asked);
      failed = ended.filter(({ status }) => status === "rejected");
    }
    assert.ok(failed.length > 0 && failed.length < 25);
    assert.equal(exchange.refused, failed.length);
    assert.match(String((failed[0] as PromiseRejectedResult).reason), /RateLimitExceeded.*50011/);
  }));

Deno.test("what the exchange does not remember cannot be had", () =>
  withClient("okx", async ({ ccxt }, exchange) => {
    exchange.advance(ALL);
    const [symbol] = SYMBOLS,
      newest = tradesOf(symbol).slice(-50),
      method = "publicGetMarketHistoryTrades";
    const { timestamp } = newest[20];
    exchange.forget(symbol, timestamp, timestamp + 10_000);
    const told = await ccxt.fetchTrades(symbol, undefined, 100, { method });
    const kept = newest.filter((trade) => {
      return trade.timestamp < timestamp || trade.timestamp >= timestamp + 10_000;
    });
    assert.ok(kept.length < 50 && kept.length > 20);
    assert.deepEqual(told.map(partsOf), kept);
  }, { memory: { trades: 50 } }));
