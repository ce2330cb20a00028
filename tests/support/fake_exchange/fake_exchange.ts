import type { TapeRow } from "../../../engine/market/tape.ts";
import type { Trade } from "../../../engine/market/trade.ts";
import { binance } from "./binance.ts";
import type { Dialect, DialectName, Exchange } from "./dialect.ts";
import { ExchangeTime, type Pace } from "./exchange_time.ts";
import { type HttpAnswer, type HttpRequest, httpServer } from "./http_server.ts";
import { okx } from "./okx.ts";
import { type FakeInstrument, type FakeMarket, marketsOf, type Print, printsOf } from "./prints.ts";
import { type Memory, PublicRecord } from "./public_record.ts";
import { rateLimiter } from "./rate_limiter.ts";
import { Schedule } from "./schedule.ts";
import { StreamHub } from "./stream_hub.ts";

export interface FakeExchangeOptions {
  dialect: DialectName;
  /** What it sells; the tape's other instruments are left out. */
  instruments: readonly FakeInstrument[];
  /** What trades, in the order in which it becomes public. */
  trades: readonly TapeRow[];
  /**
   * How many times faster than real time the exchange's clock runs (1 by default), or "stepped": only
   * `advance` moves it. It stands just before the first trade until every instrument is subscribed to.
   */
  pace?: Pace;
  /** By how much the exchange's clock is ahead of `localNow`, in milliseconds (0 by default). */
  clockSkew?: number;
  /** What REST still tells; everything by default. */
  memory?: Memory;
  /** Whether a taker's fills at one price are pushed as one trade, where the dialect does so (true). */
  aggregate?: boolean;
  /** Whether too many requests are refused with 429, by real time, as the exchange does (true). */
  rateLimits?: boolean;
}

/** A trade that was made public. */
export interface ServedTrade {
  symbol: string;
  /** The tape's own: one fill, as REST tells it. */
  trade: Trade;
  /** When it became public, by the exchange's clock. */
  at: number;
  /** The push that held it: the id of its last fill and the number of fills. */
  push: { id: string; count: number };
}

export interface FakeExchange {
  /** For ccxt: `new pro.okx({ urls: exchange.urls })`. */
  urls: { api: Record<string, unknown> };
  /** Every trade that was made public so far, in that order, whoever listened. */
  served: readonly ServedTrade[];
  /** Resolves when the last trade of the tape is public and delivered. */
  finished: Promise<void>;
  /** The exchange's clock, UTC milliseconds. */
  now(): number;
  /** The clock of the machine that listens: the exchange's, less `clockSkew`. */
  localNow(): number;
  /** Starts a paced clock now, without waiting for subscriptions. */
  start(): void;
  /** Moves the exchange's clock on and lets happen what happens until then. */
  advance(milliseconds: number): void;
  /** Takes trades with from ≤ timestamp < to out of what REST tells, for good. */
  forget(symbol: string, from: number, to: number): void;
  /** Its WebSockets: how many were opened so far, and what faults need. */
  hub: StreamHub;
  /** How many requests were refused for being too many. */
  readonly refused: number;
  /** Closes everything at once. */
  stop(): Promise<void>;
}

const DIALECTS: Readonly<Partial<Record<DialectName, Dialect>>> = { okx, binance };

/** So long before the first trade does the clock stand, in milliseconds. */
const LEAD = 1_000;

/** Real milliseconds between two looks at the clock. */
const TICK = 5;

/**
 * An exchange on 127.0.0.1 that sells a tape of trades over WebSocket and REST, in the dialect that
 * ccxt's client for it speaks. Trades become public at their time on the exchange's own clock; what a
 * client did not hear over WebSocket stays to be had over REST (see `memory` and `forget`).
 *
 *     const rows = await tapeRows("data/sample_tape.csv.gz");
 *     const exchange = await startFakeExchange({
 *       dialect: "okx", instruments: [{ symbol: "BTC/USDT" }], trades: rows, pace: 60,
 *     });
 *     const client = new pro.okx({ urls: exchange.urls });
 *     await client.watchTradesForSymbols(["BTC/USDT"]); // starts the clock
 *     await exchange.finished;
 *     exchange.served; // what a perfect listener has
 *     await client.close();
 *     await exchange.stop();
 *
 * Served: OKX: channel `trades` (fills of one order and price as one push with `count`), text pings,
 * `market/trades`, `market/history-trades` (by id and by time, 100 a page), `market/candles` and
 * `market/history-candles` (300 a page, the last one unconfirmed), `public/instruments`, `public/time`.
 * Binance: `<symbol>@trade`, ping frames, `trades`, `historicalTrades` (ccxt wants some `apiKey` for
 * it), `aggTrades`, `klines` (1,000 a page, the last one unfinished), `exchangeInfo`, `time`.
 */
export async function startFakeExchange(options: FakeExchangeOptions): Promise<FakeExchange> {
  const dialect = DIALECTS[options.dialect];
  if (!dialect) throw new Error(`No dialect ${options.dialect}`);
  const markets = marketsOf(options.instruments, options.trades);
  const prints = printsOf(markets, options.trades, options.aggregate ?? true);
  const time = new ExchangeTime(prints[0].at - LEAD, options.pace ?? 1);
  const records = new Map([...markets.values()].map((market) => {
    return [market, new PublicRecord(options.memory ?? {})];
  }));
  const exchange: Exchange = {
    markets: [...markets.values()],
    now: () => time.now,
    record: (market) => records.get(market)!,
  };
  const hub = new StreamHub(dialect, exchange, () => {
    if (hub.subscribed().size === markets.size) time.run();
  });
  const tape = publisher(dialect, exchange, prints, time, hub);
  const door = gate(dialect, exchange, options.rateLimits ?? true);
  const server = await httpServer({
    answer: door.answer,
    upgrade: () => door.connect() ?? ((socket) => hub.open(socket)),
  });
  const timers = [
    setInterval(() => tape.runTo(time.due), TICK),
    setInterval(() => hub.beat(), dialect.heartbeat?.every ?? 1_000),
  ];
  return {
    urls: { api: dialect.urls(`127.0.0.1:${server.port}`) },
    served: tape.served,
    finished: tape.finished,
    now: () => time.now,
    localNow: () => time.now - (options.clockSkew ?? 0),
    start: () => time.run(),
    advance: (milliseconds) => tape.runTo(time.now + milliseconds),
    forget: (symbol, from, to) => exchange.record(marketNamed(exchange, symbol)).forget(from, to),
    hub,
    get refused() {
      return door.refused;
    },
    stop: async () => {
      timers.forEach(clearInterval);
      await server.stop();
    },
  };
}

function marketNamed(exchange: Exchange, symbol: string): FakeMarket {
  const market = exchange.markets.find((market) => market.symbol === symbol);
  if (!market) throw new Error(`${symbol} is not sold here`);
  return market;
}

/** What makes the tape public as the clock moves. */
function publisher(
  dialect: Dialect,
  exchange: Exchange,
  prints: readonly Print[],
  time: ExchangeTime,
  hub: StreamHub,
) {
  const schedule = new Schedule(), served: ServedTrade[] = [];
  const { promise: finished, resolve } = Promise.withResolvers<void>();
  let next = 0;
  const publish = (print: Print) => {
    const { market, trades } = print;
    const push = { id: trades.at(-1)!.id, count: trades.length };
    for (const trade of trades) {
      served.push({ symbol: market.symbol, trade, at: time.now, push });
    }
    exchange.record(market).add(print);
    for (const frame of dialect.frames(market, [print], exchange)) hub.broadcast(market, frame);
  };
  const runTo = (due: number) => {
    for (;;) {
      const at = Math.min(prints[next]?.at ?? Infinity, schedule.next);
      if (at > due) break;
      time.moveTo(at);
      if (schedule.next <= at) schedule.runNext();
      else publish(prints[next++]);
    }
    time.moveTo(due);
    if (next === prints.length && schedule.next === Infinity) resolve();
  };
  return { served, finished, runTo, schedule };
}

/** What is asked over HTTP, and how often it may be asked. */
function gate(dialect: Dialect, exchange: Exchange, isLimited: boolean) {
  const limiters = dialect.limits.map(({ path, requests, within }) => {
    return { path, isAllowed: rateLimiter(requests, within) };
  });
  const mayConnect = rateLimiter(dialect.connects.requests, dialect.connects.within);
  const state = {
    refused: 0,
    answer(request: HttpRequest): HttpAnswer {
      const limiter = limiters.find(({ path }) => path.test(request.path));
      if (!isLimited || !limiter || limiter.isAllowed()) return dialect.answer(request, exchange);
      state.refused++;
      return dialect.tooMany;
    },
    connect(): HttpAnswer | undefined {
      if (!isLimited || mayConnect()) return undefined;
      state.refused++;
      return dialect.tooMany;
    },
  };
  return state;
}
