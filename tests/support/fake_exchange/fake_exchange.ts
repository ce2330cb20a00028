import type { TapeRow } from "../../../engine/market/tape.ts";
import type { OddFrame, RawTrade } from "./bad_trades.ts";
import { binance } from "./binance.ts";
import { coinbase } from "./coinbase.ts";
import type { Dialect, DialectName, Exchange } from "./dialect.ts";
import { ExchangeTime, type Pace } from "./exchange_time.ts";
import { FaultInjector } from "./fault_injector.ts";
import type { Fault, FaultClass, FaultPlan } from "./fault_plan.ts";
import { Gate } from "./gate.ts";
import { httpServer } from "./http_server.ts";
import { kraken } from "./kraken.ts";
import { okx } from "./okx.ts";
import { type FakeInstrument, type FakeMarket, marketsOf, printsOf } from "./prints.ts";
import { type Memory, PublicRecord } from "./public_record.ts";
import { Schedule } from "./schedule.ts";
import { StreamHub } from "./stream_hub.ts";
import { type ServedTrade, TapePublisher } from "./tape_publisher.ts";

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
  /**
   * At most so many real milliseconds pass at once on the exchange's clock: where it runs fast, a machine
   * that is busy for a moment would leave listeners minutes behind.
   */
  longestTick?: number;
  /** When a paced clock stands still, in milliseconds behind the last trade; never unless given. */
  rest?: number;
  /**
   * By how much the exchange's clock is ahead of `localNow`, in milliseconds (the fault plan's by
   * default, or 0).
   */
  clockSkew?: number;
  /** What REST still tells; everything by default. */
  memory?: Memory;
  /** Whether a taker's fills at one price are pushed as one trade, where the dialect does so (true). */
  aggregate?: boolean;
  /** What goes wrong, and when. */
  faults?: FaultPlan;
  /** Whether too many requests are refused with 429, by real time, as the exchange does (true). */
  rateLimits?: boolean;
}

export interface FakeExchange {
  /** For ccxt: `new pro.okx({ urls: exchange.urls })`. */
  urls: { api: Record<string, unknown> };
  /** Every trade that was made public so far, in that order, whoever listened. */
  served: readonly ServedTrade[];
  /** What time it was at the end of each turn of the event loop in which the clock was looked at. */
  turns: readonly number[];
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
  /** Answers requests for candles of a symbol with none whenever `isHushed` says so, once for each. */
  hushCandles(symbol: string, isHushed: () => boolean): void;
  /** Pushes no more of a symbol to those that listen now, and does not tell. */
  deafen(symbol: string): void;
  /** How often each class of fault hit something so far. */
  injected: Readonly<Record<FaultClass, number>>;
  /** Lets a fault begin now: `inject("close")`, `inject("silence", { lasts: 10_000 })`. */
  inject(name: FaultClass, how?: Partial<Pick<Fault, "lasts" | "times" | "seed">>): void;
  /** Pushes a trade with any parts to the symbol's subscribers; it is not counted as served. */
  sendTrade(symbol: string, raw: RawTrade): void;
  /** Pushes any frame to the symbol's subscribers. */
  sendFrame(symbol: string, frame: OddFrame["frame"]): void;
  /** How many WebSockets were opened so far, are open, and how many markets they hear of. */
  sockets(): { opened: number; open: number; subscribed: number };
  /** How many requests were refused for being too many, without a fault. */
  readonly refused: number;
  /** Closes everything at once. */
  stop(): Promise<void>;
}

const DIALECTS: Readonly<Record<DialectName, Dialect>> = { okx, binance, coinbase, kraken };

/** So long before the first trade does the clock stand, in milliseconds. */
const LEAD = 1_000;

/** What a fault is that is asked for by its name alone. */
const ONE_FAULT: Omit<Fault, "class"> = { at: 0, lasts: 0, times: 1, seed: 1 };

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
 * Coinbase: `market_trades`, products, ticker, candles. Kraken: v2 `trade`, heartbeats, `Trades`,
 * `OHLC`, pairs. Both begin a subscription with the newest 50 trades.
 *
 * Faults come by a plan (`faults: faultPlan(seed, classes)`) or at once (`exchange.inject("reset")`);
 * `injected` counts what each class hit: sockets (close, reset, halfOpen, silence), frames (burst,
 * duplicate, reorder, malformed, oversized), prints (late: neither pushed nor told over REST until
 * their minute is over), requests for trades (429, 500, timeout, empty, overlapping, truncated; these
 * close the sockets once, so that somebody asks).
 */
export async function startFakeExchange(options: FakeExchangeOptions): Promise<FakeExchange> {
  const dialect = DIALECTS[options.dialect], { faults, aggregate = true, memory = {} } = options;
  const markets = marketsOf(options.instruments, options.trades);
  const prints = printsOf(markets, options.trades, aggregate), end = prints.at(-1)!.at;
  const { pace = 1, longestTick, rest = Infinity } = options;
  const time = new ExchangeTime(prints[0].at - LEAD, pace, longestTick, end + rest),
    now = () => time.now;
  const exchange = exchangeOf([...markets.values()], memory, now);
  const hub = new StreamHub(dialect, exchange, () => {
    if (hub.subscribed().size === markets.size) time.run();
  });
  const schedule = new Schedule();
  const injector = new FaultInjector({ dialect, hub, schedule, now, end });
  if (faults) injector.plan(faults, prints[0].at);
  const tape = new TapePublisher(dialect, exchange, prints, time, schedule, injector);
  const gate = new Gate(dialect, exchange, injector, options.rateLimits ?? true);
  const server = await httpServer({
    answer: (request) => gate.answer(request),
    upgrade: () => gate.refuseSocket() ?? ((socket) => hub.open(socket)),
  });
  const turns: number[] = [];
  const timers = [
    setInterval(() => {
      tape.runTo(time.look());
      turns.push(time.now);
    }, TICK),
    setInterval(() => hub.beat(), dialect.heartbeat?.every ?? 1_000),
  ];
  const named = (symbol: string) => marketNamed(exchange, symbol);
  return {
    urls: { api: dialect.urls(`127.0.0.1:${server.port}`) },
    served: tape.served,
    turns,
    finished: tape.finished,
    injected: injector.injected,
    now,
    localNow: () => time.now - (options.clockSkew ?? faults?.skew ?? 0),
    start: () => time.run(),
    advance: (milliseconds) => tape.runTo(time.now + milliseconds),
    forget: (symbol, from, to) => exchange.record(named(symbol)).forget(from, to),
    hushCandles: (symbol, isHushed) => exchange.record(named(symbol)).hush(isHushed),
    deafen: (symbol) => hub.forget(named(symbol)),
    inject: (name, how) => injector.begin({ ...ONE_FAULT, ...how, class: name }),
    sendTrade: (symbol, raw) => hub.broadcast(named(symbol), dialect.rawFrame(raw)),
    sendFrame: (symbol, frame) => hub.broadcast(named(symbol), frame),
    sockets: () => {
      return { opened: hub.opened, open: hub.sessions.size, subscribed: hub.subscribed().size };
    },
    get refused() {
      return gate.refused;
    },
    stop: async () => {
      timers.forEach(clearInterval);
      await server.stop();
    },
  };
}

function exchangeOf(markets: FakeMarket[], memory: Memory, now: () => number): Exchange {
  const records = new Map(markets.map((market) => [market, new PublicRecord(memory)]));
  return { markets, now, record: (market) => records.get(market)! };
}

function marketNamed(exchange: Exchange, symbol: string): FakeMarket {
  const market = exchange.markets.find((market) => market.symbol === symbol);
  if (!market) throw new Error(`${symbol} is not sold here`);
  return market;
}
