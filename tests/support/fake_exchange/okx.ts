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
  writtenTime,
} from "./dialect.ts";
import type { HttpAnswer, HttpRequest } from "./http_server.ts";
import { plainDecimal, scaled, unscaled } from "./plain_decimal.ts";
import type { FakeMarket, Print } from "./prints.ts";
import { isBefore } from "./public_record.ts";

/** OKX v5, spot: WebSocket channel `trades`, and what ccxt asks for over REST. */
export const okx: Dialect = {
  urls: (host) => ({ rest: `http://${host}`, ws: `ws://${host}/ws/v5` }),
  receive,
  frames: (market, print) => [frameOf(market, print)],
  answer,
  asksForTrades: ({ path }) => path.endsWith("trades"),
  rows: (body) => JSON.parse(body).data,
  withRows: (body, rows) => JSON.stringify({ ...JSON.parse(body), data: rows }),
  cursors: { after: 1, before: -1 },
  rawFrame,
  idle: 30_000,
  limits: [
    { path: /history-trades$/, requests: 20, within: 2_000 },
    { path: /market\/trades$/, requests: 100, within: 2_000 },
    { path: /history-candles$/, requests: 20, within: 2_000 },
    { path: /market\/candles$/, requests: 40, within: 2_000 },
    { path: /instruments$/, requests: 20, within: 2_000 },
    { path: /time$/, requests: 10, within: 2_000 },
  ],
  connects: { requests: 3, within: 1_000 },
  tooMany: { status: 429, body: '{"msg":"Too Many Requests","code":"50011","data":[]}' },
  failed: { status: 500, body: '{"msg":"System error. Try again later","code":"50026","data":[]}' },
};

const idOf = ({ base, quote }: FakeMarket) => `${base}-${quote}`;

function marketOf(exchange: Exchange, id: string | null): FakeMarket | undefined {
  return exchange.markets.find((market) => idOf(market) === id);
}

function receive(text: string, session: Session, exchange: Exchange): void {
  if (text === "ping") return session.send("pong");
  const { op, args = [] } = JSON.parse(text);
  for (const arg of args) {
    const market = marketOf(exchange, arg.instId);
    if (!market || arg.channel !== "trades" || !/^(un)?subscribe$/.test(op)) {
      const msg = `Wrong URL or channel:${arg.channel},instId:${arg.instId} doesn't exist.`;
      session.send(JSON.stringify({ event: "error", msg, code: "60018", connId: "a4d3ae55" }));
      continue;
    }
    session.send(JSON.stringify({ event: op, arg, connId: "a4d3ae55" }));
    if (op === "subscribe") session.subscribe(market);
    else session.unsubscribe(market);
  }
}

/** One message for what a taker's order did at one price; `tradeId` is the last of its fills. */
function frameOf(market: FakeMarket, { trades }: Print): string {
  const instId = idOf(market), last = trades.at(-1)!;
  const size = trades.length === 1
    ? plainDecimal(last.amount)
    : unscaled(trades.reduce((sum, { amount }) => sum + scaled(plainDecimal(amount)), 0n));
  const data = { ...tradeOf(instId, last), sz: size, count: `${trades.length}`, source: "0" };
  return JSON.stringify({ arg: { channel: "trades", instId }, data: [data] });
}

function rawFrame({ symbol, id, timestamp, price, amount, side }: RawTrade): string {
  const instId = symbol.replace("/", "-"), ts = writtenTime(timestamp, String);
  const [px, sz] = [writtenNumber(price), writtenNumber(amount)];
  const data = { instId, tradeId: id, px, sz, side, ts, count: "1", source: "0" };
  return JSON.stringify({ arg: { channel: "trades", instId }, data: [data] });
}

function tradeOf(instId: string, { id, timestamp, price, amount, side }: Trade) {
  const [px, sz, ts] = [plainDecimal(price), plainDecimal(amount), `${timestamp}`];
  return { instId, tradeId: id, px, sz, side, ts };
}

function answer({ path, query }: HttpRequest, exchange: Exchange): HttpAnswer {
  const list = (data: unknown) => json({ code: "0", msg: "", data });
  if (path === "/api/v5/public/time") return list([{ ts: `${exchange.now()}` }]);
  if (path === "/api/v5/public/instruments") {
    return list(query.get("instType") === "SPOT" ? exchange.markets.map(instrumentOf) : []);
  }
  const market = marketOf(exchange, query.get("instId"));
  if (!market) return json({ code: "51001", msg: "Instrument ID doesn't exist", data: [] });
  if (path === "/api/v5/market/trades") return list(recentTrades(market, query, exchange));
  if (path === "/api/v5/market/history-trades") return list(historyTrades(market, query, exchange));
  if (path === "/api/v5/market/candles" || path === "/api/v5/market/history-candles") {
    return list(candles(market, query, exchange));
  }
  return { status: 404, body: '{"msg":"Invalid path","code":"404","data":[]}' };
}

function instrumentOf(market: FakeMarket) {
  const step = (decimals: number) => plainDecimal(Number(`1e-${decimals}`));
  const { base, quote, priceDecimals, amountDecimals } = market, lotSz = step(amountDecimals);
  return {
    ...{ instType: "SPOT", instId: idOf(market), baseCcy: base, quoteCcy: quote, state: "live" },
    ...{ tickSz: step(priceDecimals), lotSz, minSz: lotSz, lever: "10", uly: "", settleCcy: "" },
  };
}

function recentTrades(market: FakeMarket, query: URLSearchParams, exchange: Exchange) {
  const limit = Math.min(wholeNumber(query, "limit") ?? 100, 500);
  const trades = exchange.record(market).trades(exchange.now()).slice(-limit).reverse();
  return trades.map((trade) => tradeOf(idOf(market), trade));
}

/**
 * Pages by trade id (type 1, the default) or by time (type 2), newest first: `after` asks for what
 * is older than it, `before` for what is newer, of which the newest come first. Both exclude.
 */
function historyTrades(market: FakeMarket, query: URLSearchParams, exchange: Exchange) {
  const limit = Math.min(wholeNumber(query, "limit") ?? 100, 100);
  const after = query.get("after"), before = query.get("before");
  const byTime = query.get("type") === "2";
  const asked = exchange.record(market).trades(exchange.now()).filter((trade) => {
    if (byTime) return !after || trade.timestamp < Number(after);
    return (!after || isBefore(trade.id, after)) && (!before || isBefore(before, trade.id));
  });
  return asked.slice(-limit).reverse().map((trade) => tradeOf(idOf(market), trade));
}

/** Newest first; the last value tells whether the candle is closed. */
function candles(market: FakeMarket, query: URLSearchParams, exchange: Exchange) {
  const limit = Math.min(wholeNumber(query, "limit") ?? 100, 300), now = exchange.now();
  const after = wholeNumber(query, "after") ?? Infinity;
  const before = wholeNumber(query, "before") ?? -Infinity;
  const timeframe = timeframeOf(query);
  const built = withFlatCandles(exchange.record(market).candles(timeframe), timeframe, now);
  return built.filter(({ open }) => open < after && open > before).slice(-limit).reverse().map(
    ({ open, end, prices, volume, turnover }) => {
      return [`${open}`, ...prices, volume, turnover, turnover, end <= now ? "1" : "0"];
    },
  );
}

/** `1H` and `1Dutc` are OKX's `1h` and `1d`. */
function timeframeOf(query: URLSearchParams): string {
  const bar = (query.get("bar") ?? "1m").replace(/utc$/, "");
  return /M$/.test(bar) ? bar : bar.toLowerCase();
}
