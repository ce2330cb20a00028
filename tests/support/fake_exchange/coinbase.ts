import type { Trade } from "../../../engine/market/trade.ts";
import type { RawTrade } from "./bad_trades.ts";
import {
  type Dialect,
  type Exchange,
  json,
  type Session,
  wholeNumber,
  writtenNumber,
  writtenTime,
} from "./dialect.ts";
import type { HttpAnswer, HttpRequest } from "./http_server.ts";
import { plainDecimal } from "./plain_decimal.ts";
import type { FakeMarket } from "./prints.ts";

/** Coinbase Advanced Trade: channel `market_trades`, and what ccxt asks for over REST. */
export const coinbase: Dialect = {
  urls: (host) => ({ rest: `http://${host}`, ws: `ws://${host}` }),
  receive,
  frames: (market, { trades }, { now }) => [message(now(), "update", market, trades)],
  answer,
  asksForTrades: ({ path }) => path.endsWith("/ticker"),
  rows: (body) => JSON.parse(body).trades,
  withRows: (body, trades) => JSON.stringify({ ...JSON.parse(body), trades }),
  cursors: { start: -1, end: 1 },
  rawFrame,
  limits: [{ path: /^\//, requests: 10, within: 1_000 }],
  connects: { requests: 8, within: 1_000 },
  tooMany: { status: 429, body: '{"error":"rate_limit_exceeded","message":"too many requests"}' },
  failed: { status: 500, body: '{"error":"internal","message":"internal server error"}' },
};

/** So many of the newest trades come first on a subscription. */
const SNAPSHOT = 50;

const idOf = ({ base, quote }: FakeMarket) => `${base}-${quote}`;

function marketOf(exchange: Exchange, id: string | undefined): FakeMarket | undefined {
  return exchange.markets.find((market) => idOf(market) === id);
}

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

function envelope(channel: string, now: number, events: unknown[]): string {
  return JSON.stringify({ channel, client_id: "", timestamp: iso(now), sequence_num: 0, events });
}

function message(now: number, type: string, market: FakeMarket, trades: readonly Trade[]): string {
  const rows = trades.map((trade) => tradeOf(market, trade)).reverse();
  return envelope("market_trades", now, [{ type, trades: rows }]);
}

function tradeOf(market: FakeMarket, { id, timestamp, price, amount, side }: Trade) {
  const [written, size] = [plainDecimal(price), plainDecimal(amount)];
  const product = { trade_id: id, product_id: idOf(market) };
  return { ...product, price: written, size, side: side.toUpperCase(), time: iso(timestamp) };
}

function receive(text: string, session: Session, exchange: Exchange): void {
  const { type, product_ids: ids = [], channel } = JSON.parse(text), now = exchange.now();
  const markets = ids.map((id: string) => marketOf(exchange, id));
  if (channel === "heartbeats") return;
  if (channel !== "market_trades" || markets.includes(undefined)) {
    return session.send(JSON.stringify({ type: "error", message: "no such channel or product" }));
  }
  const subscriptions = type === "subscribe" ? { market_trades: ids } : {};
  session.send(envelope("subscriptions", now, [{ subscriptions }]));
  for (const market of markets) {
    if (type !== "subscribe") {
      session.unsubscribe(market);
      continue;
    }
    const newest = exchange.record(market).trades(now).slice(-SNAPSHOT);
    if (newest.length > 0) session.send(message(now, "snapshot", market, newest));
    session.subscribe(market);
  }
}

function rawFrame({ symbol, id, timestamp, price, amount, side }: RawTrade): string {
  const [written, size] = [writtenNumber(price), writtenNumber(amount)];
  const time = writtenTime(timestamp, iso), product_id = symbol.replace("/", "-");
  const big = typeof side === "string" ? side.toUpperCase() : side;
  const trade = { trade_id: id, product_id, price: written, size, side: big, time };
  return envelope("market_trades", 0, [{ type: "update", trades: [trade] }]);
}

const PRODUCTS = "/api/v3/brokerage/market/products";

function answer({ path, query }: HttpRequest, exchange: Exchange): HttpAnswer {
  const now = exchange.now();
  if (path === "/v2/time") return json({ data: { iso: iso(now), epoch: Math.floor(now / 1_000) } });
  if (path === "/v2/exchange-rates") return json({ data: { currency: "USD", rates: {} } });
  if (path.startsWith("/v2/currencies")) return json({ data: [] });
  if (path === PRODUCTS) {
    return json({ products: query.has("product_type") ? [] : exchange.markets.map(productOf) });
  }
  const [id, page] = path.slice(PRODUCTS.length + 1).split("/"), market = marketOf(exchange, id);
  if (market && page === "ticker") return json({ trades: trades(market, query, exchange) });
  if (market && page === "candles") return json({ candles: candles(market, query, exchange) });
  return { status: 404, body: '{"error":"NOT_FOUND","message":"no such path"}' };
}

function productOf(market: FakeMarket) {
  const step = (decimals: number) => plainDecimal(Number(`1e-${decimals}`));
  const { base, quote, priceDecimals, amountDecimals } = market, lot = step(amountDecimals);
  return {
    ...{ product_id: idOf(market), product_type: "SPOT", trading_disabled: false, alias_to: [] },
    ...{
      base_currency_id: base,
      quote_currency_id: quote,
      base_increment: lot,
      base_min_size: lot,
    },
    ...{ price_increment: step(priceDecimals), quote_increment: step(priceDecimals) },
  };
}

/** Newest first, of those from second `start` to second `end`. */
function trades(market: FakeMarket, query: URLSearchParams, exchange: Exchange) {
  const limit = Math.min(wholeNumber(query, "limit") ?? 100, 1_000);
  const start = wholeNumber(query, "start") ?? 0, end = wholeNumber(query, "end") ?? Infinity;
  const known = exchange.record(market).trades(exchange.now());
  const asked = known.filter(({ timestamp }) => {
    return timestamp >= start * 1_000 && timestamp <= end * 1_000;
  });
  return asked.slice(-limit).reverse().map((trade) => tradeOf(market, trade));
}

const GRANULARITIES: Readonly<Record<string, string>> = {
  ONE_MINUTE: "1m",
  FIVE_MINUTE: "5m",
  FIFTEEN_MINUTE: "15m",
  THIRTY_MINUTE: "30m",
  ONE_HOUR: "1h",
  TWO_HOUR: "2h",
  SIX_HOUR: "6h",
  ONE_DAY: "1d",
};

/** Newest first, the newest unfinished; silent intervals are absent. */
function candles(market: FakeMarket, query: URLSearchParams, exchange: Exchange) {
  const timeframe = GRANULARITIES[query.get("granularity") ?? "ONE_MINUTE"];
  const start = wholeNumber(query, "start") ?? 0, end = wholeNumber(query, "end") ?? Infinity;
  const built = exchange.record(market).candles(timeframe);
  const asked = built.filter(({ open }) => open >= start * 1_000 && open <= end * 1_000);
  return asked.slice(-300).reverse().map(({ open: time, prices, volume }) => {
    const [open, high, low, close] = prices;
    return { start: `${time / 1_000}`, open, high, low, close, volume };
  });
}
