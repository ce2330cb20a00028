import { parseTimeframe, type Timeframe, TIMEFRAMES } from "../../market/timeframe.ts";
import type { MarketKey } from "../../ports/store.ts";

/** Currencies in which Binance's markets are quoted, the longest names first. */
const QUOTES = [
  ..."FDUSD USDT USDC BUSD TUSD USDP".split(" "),
  ..."DAI EUR TRY BRL GBP JPY AUD UAH RUB NGN ZAR PLN RON ARS MXN USD BTC ETH BNB".split(" "),
];

/**
 * What a file's name tells of its market: those of Binance's public files (`BTCUSDT-1m-2024-01.zip`;
 * futures if a folder says `um` or `cm`) and of freqtrade's (`data/okx/BTC_USDT-1m.feather`, or
 * `BTC_USDT_USDT-1m-futures.feather` in its folder `futures`).
 *
 * ```ts
 * import assert from "node:assert/strict";
 * const key = { exchange: "binance", symbol: "BTC/USDT", timeframe: "1m" };
 * assert.deepEqual(marketOfName("dumps/BTCUSDT-1m-2024-01.zip"), key);
 * assert.deepEqual(marketOfName("mine.csv"), {});
 * ```
 */
export function marketOfName(path: string): Partial<MarketKey> {
  const folders = path.split(/[/\\]/), name = folders.pop() ?? "";
  return binance(folders, name) ?? freqtrade(folders, name) ?? {};
}

function binance(folders: readonly string[], name: string): Partial<MarketKey> | undefined {
  const file = /^([A-Z0-9]+)(_PERP|_\d{6})?-(\d+\w+)-\d{4}(?:-\d\d){0,2}\.(?:zip|csv|csv\.gz)$/;
  const [, market, contract, length] = file.exec(name) ?? [];
  const timeframe = timeframeOf(length), pair = market && pairOf(market);
  if (!timeframe) return undefined;
  if (contract === "_PERP" || folders.includes("cm")) {
    const symbol = contract === "_PERP" && pair && `${pair.join("/")}:${pair[0]}`;
    return { exchange: "binancecoinm", timeframe, ...(symbol && { symbol }) };
  }
  if (contract) return { timeframe };
  const um = folders.includes("um"), settled = um && pair ? `:${pair[1]}` : "";
  const symbol = pair && `${pair.join("/")}${settled}`;
  return { exchange: um ? "binanceusdm" : "binance", timeframe, ...(symbol && { symbol }) };
}

/** BTCUSDT is BTC and USDT. */
function pairOf(market: string): [string, string] | undefined {
  const quote = QUOTES.find((quote) => market.endsWith(quote) && market !== quote);
  return quote ? [market.slice(0, -quote.length), quote] : undefined;
}

function freqtrade(folders: readonly string[], name: string): Partial<MarketKey> | undefined {
  const file = /^([^-]+)-(\d+\w+)(-futures)?\.(?:feather|parquet|json|json\.gz)$/;
  const [, market, length, futures] = file.exec(name) ?? [];
  const timeframe = timeframeOf(length);
  if (!timeframe) return undefined;
  const [base, quote, settled, ...more] = market.split("_");
  const whole = quote && more.length === 0 && Boolean(settled) === Boolean(futures);
  const symbol = whole && `${base}/${quote}${settled ? `:${settled}` : ""}`;
  const above = folders.at(-1) === "futures" ? folders.slice(0, -1) : folders;
  const exchange = above.at(-2) === "data" && above.at(-1);
  return { timeframe, ...(symbol && { symbol }), ...(exchange && { exchange }) };
}

/** A month is `1mo` or `1Mo` in names of files, since in some a small m is the same. */
function timeframeOf(text = ""): Timeframe | undefined {
  const length = text.replace(/mo$/i, "M");
  return (TIMEFRAMES as readonly string[]).includes(length) ? parseTimeframe(length) : undefined;
}

/**
 * The day or month of which a file's name says that its candles are, as Binance's do: UTC milliseconds,
 * `to` not included.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * const span = { from: Date.UTC(2024, 0, 1), to: Date.UTC(2024, 1, 1) };
 * assert.deepEqual(spanOfName("dumps/BTCUSDT-1m-2024-01.zip"), span);
 * assert.equal(spanOfName("mine.csv"), undefined);
 * ```
 */
export function spanOfName(path: string): { from: number; to: number } | undefined {
  const [, year, month, day] =
    /[A-Z0-9]-\d+\w+-(\d{4})-(\d\d)(?:-(\d\d))?\.(?:zip|csv|csv\.gz)$/.exec(path) ?? [];
  if (year === undefined) return undefined;
  const at = (months: number, days: number) =>
    Date.UTC(Number(year), Number(month) - 1 + months, Number(day ?? 1) + days);
  return { from: at(0, 0), to: day === undefined ? at(1, 0) : at(0, 1) };
}
