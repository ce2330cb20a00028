import type { Trade } from "../../../engine/market/trade.ts";
import type { RawTrade } from "./bad_trades.ts";
import {
  type Dialect,
  type Exchange,
  json,
  type Session,
  wholeNumber,
  writtenTime,
} from "./dialect.ts";
import type { HttpAnswer, HttpRequest } from "./http_server.ts";
import { plainDecimal } from "./plain_decimal.ts";
import type { FakeMarket } from "./prints.ts";

/** Kraken: WebSocket v2, channel `trade`, and what ccxt asks for over REST. */
export const kraken: Dialect = {
  urls: (host) => ({
    ...{ public: `http://${host}`, private: `http://${host}` },
    ws: { public: `ws://${host}`, publicV2: `ws://${host}/v2` },
  }),
  receive,
  frames: (market, { trades }) => [message("update", market, trades)],
  answer,
  asksForTrades: ({ path }) => path.endsWith("/Trades"),
  rows: (body) => JSON.parse(body).result[pairIn(body)],
  withRows: (body, rows) => {
    const page = JSON.parse(body);
    return JSON.stringify({ ...page, result: { ...page.result, [pairIn(body)]: rows } });
  },
  cursors: { since: -1 },
  rawFrame,
  heartbeat: { frame: '{"channel":"heartbeat"}', every: 1_000 },
  limits: [{ path: /\/public\//, requests: 15, within: 15_000 }],
  connects: { requests: 150, within: 600_000 },
  tooMany: { status: 429, body: '{"error":["EAPI:Rate limit exceeded"]}' },
  failed: { status: 500, body: '{"error":["EService:Unavailable"]}' },
};

/** So many of the newest trades come first on a subscription. */
const SNAPSHOT = 50;

const idOf = ({ base, quote }: FakeMarket) => `${base}${quote}`;

function pairIn(body: string): string {
  return Object.keys(JSON.parse(body).result).find((key) => key !== "last")!;
}

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

/** Written by hand, since prices, amounts and ids are numbers here, to the last digit. */
function message(type: string, market: FakeMarket, trades: readonly Trade[]): string {
  const rows = trades.map(({ id, timestamp, price, amount, side }) => {
    return `{"symbol":"${market.symbol}","side":"${side}","price":${plainDecimal(price)},` +
      `"qty":${plainDecimal(amount)},"ord_type":"market","trade_id":${id},` +
      `"timestamp":"${iso(timestamp)}"}`;
  });
  return `{"channel":"trade","type":"${type}","data":[${rows}]}`;
}

function receive(text: string, session: Session, exchange: Exchange): void {
  const { method, params = {}, req_id } = JSON.parse(text), now = exchange.now();
  const times = { time_in: iso(now), time_out: iso(now) };
  if (method === "ping") return session.send(JSON.stringify({ method: "pong", req_id, ...times }));
  for (const symbol of params.symbol ?? []) {
    const market = exchange.markets.find((market) => market.symbol === symbol);
    if (!market || params.channel !== "trade") {
      const error = `Currency pair not supported ${symbol}`;
      session.send(JSON.stringify({ error, method, req_id, success: false, symbol, ...times }));
      continue;
    }
    const result = { channel: "trade", snapshot: true, symbol };
    session.send(JSON.stringify({ method, req_id, result, success: true, ...times }));
    if (method === "unsubscribe") {
      session.unsubscribe(market);
      continue;
    }
    const newest = exchange.record(market).trades(now).slice(-SNAPSHOT);
    if (newest.length > 0) session.send(message("snapshot", market, newest));
    session.subscribe(market);
  }
}

/** Text that is a whole number goes out as one, other text as text. */
function rawFrame({ symbol, id, timestamp, price, amount, side }: RawTrade): string {
  const isWhole = typeof id === "string" && /^\d+$/.test(id);
  const written = writtenTime(timestamp, iso), trade_id = isWhole ? "ID" : id;
  const numbers = { price: numeric(price), qty: numeric(amount) };
  const trade = { symbol, side, ...numbers, ord_type: "market", trade_id, timestamp: written };
  const frame = JSON.stringify({ channel: "trade", type: "update", data: [trade] });
  return frame.replace('"ID"', () => `${id}`);
}

function numeric(value: unknown): unknown {
  return typeof value === "string" && /^-?[\d.]+$/.test(value) ? Number(value) : value;
}

function answer({ path, query }: HttpRequest, exchange: Exchange): HttpAnswer {
  const ok = (result: unknown) => json({ error: [], result });
  if (path === "/0/public/Time") return ok({ unixtime: Math.floor(exchange.now() / 1_000) });
  if (path === "/0/public/Assets") return ok({});
  if (path === "/0/public/AssetPairs") {
    return ok(Object.fromEntries(exchange.markets.map((market) => [idOf(market), pairOf(market)])));
  }
  const market = exchange.markets.find((market) => idOf(market) === query.get("pair"));
  if (!market) return json({ error: ["EQuery:Unknown asset pair"] });
  if (path === "/0/public/Trades") return trades(market, query, exchange);
  if (path === "/0/public/OHLC") return ok({ [idOf(market)]: candles(market, query, exchange) });
  return { status: 404, body: '{"error":["EGeneral:Unknown method"]}' };
}

function pairOf(market: FakeMarket) {
  const { base, quote, symbol, priceDecimals, amountDecimals } = market;
  return {
    ...{ altname: idOf(market), wsname: symbol, base, quote, status: "online", fees: [] },
    ...{ pair_decimals: priceDecimals, lot_decimals: amountDecimals, leverage_buy: [] },
  };
}

/** `since` is in seconds, or in nanoseconds if it is that long. */
const NANOSECONDS = 1e15;

/** Oldest first, of those after `since`, or the newest. */
function trades(market: FakeMarket, query: URLSearchParams, exchange: Exchange): HttpAnswer {
  const count = Math.min(wholeNumber(query, "count") ?? 1_000, 1_000);
  const since = wholeNumber(query, "since");
  const after = (since ?? 0) * ((since ?? 0) > NANOSECONDS ? 1e-6 : 1e3);
  const known = exchange.record(market).trades(exchange.now());
  const page = since === undefined
    ? known.slice(-count)
    : known.filter(({ timestamp }) => timestamp > after).slice(0, count);
  const rows = page.map(({ id, timestamp, price, amount, side }) => {
    return `["${plainDecimal(price)}","${plainDecimal(amount)}",${timestamp / 1_000},` +
      `"${side[0]}","m","",${id}]`;
  });
  const last = `${page.at(-1)?.timestamp ?? exchange.now()}000000`;
  return {
    status: 200,
    body: `{"error":[],"result":{"${idOf(market)}":[${rows}],"last":"${last}"}}`,
  };
}

/** Oldest first, the newest 720 after `since`, the last one unfinished. */
function candles(market: FakeMarket, query: URLSearchParams, exchange: Exchange) {
  const minutes = wholeNumber(query, "interval") ?? 1, since = wholeNumber(query, "since") ?? 0;
  const built = exchange.record(market).candles(`${minutes}m`);
  const asked = built.filter(({ open }) => open > since * 1_000).slice(-720);
  return asked.map(({ open, prices, volume, trades }) => {
    return [open / 1_000, ...prices, prices[3], volume, trades];
  });
}
