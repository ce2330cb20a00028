import assert from "node:assert/strict";
import { marketOfName } from "../../../engine/storage/files/market_of_name.ts";

const NAMES: [string, Record<string, string>][] = [
  ["BTCUSDT-1m-2024-01.zip", { exchange: "binance", symbol: "BTC/USDT", timeframe: "1m" }],
  ["d/ETHBTC-1mo-2024.csv", { exchange: "binance", symbol: "ETH/BTC", timeframe: "1M" }],
  ["BTCFDUSD-1s-2024-01-31.zip", { exchange: "binance", symbol: "BTC/FDUSD", timeframe: "1s" }],
  ["1000PEPEUSDT-4h-2024-01.zip", {
    exchange: "binance",
    symbol: "1000PEPE/USDT",
    timeframe: "4h",
  }],
  ["futures/um/monthly/BTCUSDT-1m-2024-01.zip", {
    exchange: "binanceusdm",
    symbol: "BTC/USDT:USDT",
    timeframe: "1m",
  }],
  ["BTCUSD_PERP-1m-2024-01.zip", {
    exchange: "binancecoinm",
    symbol: "BTC/USD:BTC",
    timeframe: "1m",
  }],
  ["BTCUSDT_240329-1m-2024-01.zip", { timeframe: "1m" }],
  ["ABCXYZ-1m-2024-01.zip", { exchange: "binance", timeframe: "1m" }],
  ["user_data/data/kraken/BTC_EUR-5m.feather", {
    exchange: "kraken",
    symbol: "BTC/EUR",
    timeframe: "5m",
  }],
  ["data/okx/futures/BTC_USDT_USDT-1Mo-futures.feather", {
    exchange: "okx",
    symbol: "BTC/USDT:USDT",
    timeframe: "1M",
  }],
  ["down/BTC_USDT-1h.json.gz", { symbol: "BTC/USDT", timeframe: "1h" }],
  ["data/okx/futures/BTC_USDT_USDT-8h-funding_rate.feather", {}],
  ["data/okx/futures/BTC_USDT_USDT-8h-mark.feather", {}],
  ["BTC_USDT-7m.feather", {}],
  ["candles.csv", {}],
  ["BTCUSDT-trades-2024-01.zip", {}],
];

Deno.test("names of Binance's and freqtrade's files tell their market, and others nothing", () => {
  for (const [path, market] of NAMES) assert.deepEqual(marketOfName(path), market, path);
});
