import type { Trade } from "../../../engine/market/trade.ts";
import { withFlatCandles } from "./built_candles.ts";
import type { RawTrade } from "./bad_trades.ts";
import {
  type Dialect,
  type Exchange,
  json,
  type Session,
  wholeNumber,
  writtenNumber,
} from "./dialect.ts";
import type { HttpAnswer, HttpRequest } from "./http_server.ts";
import { plainDecimal, scaled, unscaled, withDecimals } from "./plain_decimal.ts";
import type { FakeMarket, Print } from "./prints.ts";
import { isBefore } from "./public_record.ts";

/** Binance spot: stream `<symbol>@trade`, and what ccxt asks for over REST. */
export const binance: Dialect = {
  urls: (host) => ({
    ...Object.fromEntries(APIS.map((api) => [api, `http://${host}/${api}`])),
    public: `http://${host}/api/v3`,
    v1: `http://${host}/api/v1`,
    // ccxt takes a socket for one of the spot market if there is "/stream" in its address
    ws: { spot: `ws://${host}/stream/ws` },
  }),
  receive,
  frames: (market, { trades }, exchange) =>
    trades.map((trade) => frameOf(market, trade, exchange.now())),
  answer,
  asksForTrades: ({ path }) => /rades$/.test(path),
  rows: (body) => JSON.parse(body),
  withRows: (_, rows) => JSON.stringify(rows),
  cursors: { fromId: -1, startTime: -1 },
  rawFrame,
  heartbeat: { frame: "ping", every: 20_000 },
  limits: [{ path: /^\/api\//, requests: 6_000, within: 60_000 }],
  connects: { requests: 300, within: 300_000 },
  tooMany: {
    status: 429,
    headers: { "Retry-After": "1", "X-MBX-USED-WEIGHT-1M": "6001" },
    body:
      '{"code":-1003,"msg":"Too much request weight used; current limit is 6000 per 1 MINUTE."}',
  },
  failed: { status: 500, body: '{"code":-1000,"msg":"An unknown error occurred."}' },
};

/** What else ccxt calls: none of it has a market. */
const APIS = ["sapi", "fapiPublic", "dapiPublic", "eapiPublic"];

const idOf = ({ base, quote }: FakeMarket) => `${base}${quote}`;

function marketOf(exchange: Exchange, id: string | null): FakeMarket | undefined {
  return exchange.markets.find((market) => idOf(market) === id);
}

function receive(text: string, session: Session, exchange: Exchange): void {
  const { method, params = [], id } = JSON.parse(text);
  for (const stream of params) {
    const [name, channel] = stream.split("@");
    const market = marketOf(exchange, name.toUpperCase());
    if (!market || channel !== "trade") continue;
    if (method === "SUBSCRIBE") session.subscribe(market);
    if (method === "UNSUBSCRIBE") session.unsubscribe(market);
  }
  session.send(JSON.stringify({ result: null, id }));
}

const eightDecimals = (value: number) => withDecimals(value, 8);

/** Written by hand, since ids may be longer than a double counts. `m`: the buyer was the maker. */
function frameOf(market: FakeMarket, trade: Trade, now: number): string {
  const { id, timestamp, price, amount, side } = trade;
  return `{"e":"trade","E":${now},"s":"${idOf(market)}","t":${id},"p":"${eightDecimals(price)}",` +
    `"q":"${eightDecimals(amount)}","T":${timestamp},"m":${side === "sell"},"M":true}`;
}

/** Ids that are whole numbers are written as such. */
function rawFrame({ symbol, id, timestamp, price, amount, side }: RawTrade): string {
  const isWhole = typeof id === "string" && /^\d+$/.test(id),
    right = side === "buy" || side === "sell";
  const [p, q] = [writtenNumber(price), writtenNumber(amount)], m = right ? side === "sell" : side;
  const rest = { p, q, T: timestamp, m, M: true };
  const fields = {
    e: "trade",
    E: timestamp,
    s: symbol.replace("/", ""),
    t: isWhole ? "ID" : id,
    ...rest,
  };
  return JSON.stringify(fields).replace('"ID"', () => `${id}`);
}

function answer({ path, query }: HttpRequest, exchange: Exchange): HttpAnswer {
  if (path.endsWith("/time")) return json({ serverTime: exchange.now() });
  if (path === "/api/v3/exchangeInfo") return json({ symbols: exchange.markets.map(symbolOf) });
  if (path.endsWith("/exchangeInfo")) return json({ symbols: [] });
  const market = marketOf(exchange, query.get("symbol"));
  if (!market) return { status: 400, body: '{"code":-1121,"msg":"Invalid symbol."}' };
  if (path === "/api/v3/trades") return trades(market, query, exchange);
  if (path === "/api/v3/historicalTrades") return trades(market, query, exchange);
  if (path === "/api/v3/aggTrades") return aggTrades(market, query, exchange);
  if (path === "/api/v3/klines") return json(klines(market, query, exchange));
  return { status: 404, body: '{"code":-1000,"msg":"No such path."}' };
}

function symbolOf(market: FakeMarket) {
  const step = (decimals: number) => plainDecimal(Number(`1e-${decimals}`));
  const { base, quote, priceDecimals, amountDecimals } = market, lot = step(amountDecimals);
  const precisions = { baseAssetPrecision: 8, quotePrecision: 8, quoteAssetPrecision: 8 };
  return {
    ...{ symbol: idOf(market), status: "TRADING", baseAsset: base, quoteAsset: quote },
    ...{ ...precisions, isSpotTradingAllowed: true, permissions: [], permissionSets: [["SPOT"]] },
    filters: [
      {
        filterType: "PRICE_FILTER",
        ...{ minPrice: step(priceDecimals), maxPrice: "1000000", tickSize: step(priceDecimals) },
      },
      { filterType: "LOT_SIZE", minQty: lot, maxQty: "9000", stepSize: lot },
    ],
  };
}

function limitOf(query: URLSearchParams): number {
  return Math.min(wholeNumber(query, "limit") ?? 500, 1_000);
}

/** Oldest first: from an id on, or the newest. */
function trades(market: FakeMarket, query: URLSearchParams, exchange: Exchange): HttpAnswer {
  const known = exchange.record(market).trades(exchange.now()), limit = limitOf(query);
  const from = query.get("fromId");
  const asked = from === null
    ? known.slice(-limit)
    : known.filter(({ id }) => !isBefore(id, from)).slice(0, limit);
  const rows = asked.map(({ id, timestamp, price, amount, side }) => {
    const qty = eightDecimals(amount), quote = scaled(plainDecimal(price)) * scaled(qty);
    return `{"id":${id},"price":"${eightDecimals(price)}","qty":"${qty}",` +
      `"quoteQty":"${unscaled(quote / scaled("1"))}","time":${timestamp},` +
      `"isBuyerMaker":${side === "sell"},"isBestMatch":true}`;
  });
  return { status: 200, body: `[${rows}]` };
}

/** A print each, oldest first: from a print's number on, within a time (inclusive), or the newest. */
function aggTrades(market: FakeMarket, query: URLSearchParams, exchange: Exchange): HttpAnswer {
  const known = exchange.record(market).prints(exchange.now()), limit = limitOf(query);
  const fromId = wholeNumber(query, "fromId");
  const from = wholeNumber(query, "startTime"), to = wholeNumber(query, "endTime") ?? Infinity;
  if (fromId !== undefined && from !== undefined) {
    return { status: 400, body: '{"code":-1128,"msg":"Combination of parameters invalid."}' };
  }
  const timestampOf = ({ trades }: Print) => trades[0].timestamp;
  const asked = fromId !== undefined
    ? known.filter(({ number }) => number >= fromId).slice(0, limit)
    : from !== undefined
    ? known.filter((print) => timestampOf(print) >= from && timestampOf(print) <= to)
      .slice(0, limit)
    : known.filter((print) => timestampOf(print) <= to).slice(-limit);
  return { status: 200, body: `[${asked.map(aggTradeOf)}]` };
}

function aggTradeOf({ number, trades }: Print): string {
  const [first, last] = [trades[0], trades.at(-1)!];
  const sum = trades.reduce((sum, { amount }) => sum + scaled(plainDecimal(amount)), 0n);
  return `{"a":${number},"p":"${eightDecimals(first.price)}","q":"${unscaled(sum)}",` +
    `"f":${first.id},"l":${last.id},"T":${first.timestamp},"m":${first.side === "sell"},"M":true}`;
}

/** Oldest first; the newest is unfinished, which only its close time tells. */
function klines(market: FakeMarket, query: URLSearchParams, exchange: Exchange) {
  const now = exchange.now(), limit = limitOf(query), timeframe = query.get("interval") ?? "1m";
  const from = wholeNumber(query, "startTime"), to = wholeNumber(query, "endTime") ?? Infinity;
  const built = withFlatCandles(exchange.record(market).candles(timeframe), timeframe, now);
  const asked = built.filter(({ open }) => open >= (from ?? -Infinity) && open <= to);
  const page = from === undefined ? asked.slice(-limit) : asked.slice(0, limit);
  return page.map(({ open, end, prices, volume, turnover, trades }) => {
    return [open, ...prices, volume, end - 1, turnover, trades, "0", "0", "0"];
  });
}
