import type { RawTrade } from "./bad_trades.ts";
import type { HttpAnswer, HttpRequest } from "./http_server.ts";
import { plainDecimal } from "./plain_decimal.ts";
import type { FakeMarket, Print } from "./prints.ts";
import type { PublicRecord } from "./public_record.ts";

export type DialectName = "okx" | "binance" | "coinbase" | "kraken";

/** What a dialect sees of the exchange. */
export interface Exchange {
  markets: readonly FakeMarket[];
  /** The exchange's clock, UTC milliseconds. */
  now(): number;
  record(market: FakeMarket): PublicRecord;
}

/** A client's WebSocket, as a dialect sees it. */
export interface Session {
  send(frame: string): void;
  subscribe(market: FakeMarket): void;
  unsubscribe(market: FakeMarket): void;
}

/** How many requests of a kind are allowed. */
export interface RateLimit {
  /** Of the requests that share one limit, by path. */
  path: RegExp;
  requests: number;
  /** Within so many milliseconds of real time. */
  within: number;
}

/** How an exchange speaks. Functions are pure but for what they do to a session. */
export interface Dialect {
  /** The addresses as ccxt's option `urls.api` takes them. */
  urls(host: string): Record<string, unknown>;
  /** A client's message. */
  receive(text: string, session: Session, exchange: Exchange): void;
  /** The frames that push a print, in order. */
  frames(market: FakeMarket, print: Print, exchange: Exchange): string[];
  /** The page of trades, candles and so on; 404 for what is not served. */
  answer(request: HttpRequest, exchange: Exchange): HttpAnswer;
  /** Whether the request asks for a page of trades, in which faults are injected. */
  asksForTrades(request: HttpRequest): boolean;
  /** The rows of a page of trades, and the page with others in their place. */
  rows(body: string): unknown[];
  withRows(body: string, rows: readonly unknown[]): string;
  /**
   * The parameters that say where a page of trades begins, the first that is there counts; 1 if a
   * larger value makes the page overlap the one before it, -1 if a smaller one does.
   */
  cursors: Readonly<Record<string, 1 | -1>>;
  /** A frame with one trade, whatever its parts are. */
  rawFrame(raw: RawTrade): string;
  /** What is sent to each socket once a second by the exchange's own habit. */
  heartbeat?: { frame: string | "ping"; every: number };
  /** A socket is closed when the client has sent nothing for so long, in real milliseconds. */
  idle?: number;
  limits: readonly RateLimit[];
  /** New WebSockets allowed. */
  connects: { requests: number; within: number };
  /** How it says that there were too many requests. */
  tooMany: HttpAnswer;
  /** How it says that it failed. */
  failed: HttpAnswer;
}

/** An answer in JSON. */
export function json(body: unknown): HttpAnswer {
  return { status: 200, body: JSON.stringify(body) };
}

/** A whole number in a query, if there is one. */
export function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  return text === null || text === "" ? undefined : Number(text);
}

/** How a dialect writes a time in milliseconds; whatever is no number stays as it is. */
export function writtenTime(timestamp: unknown, write: (milliseconds: number) => unknown): unknown {
  return typeof timestamp === "number" ? write(timestamp) : timestamp;
}

/** How a dialect writes numbers; whatever is no number stays as it is. */
export function writtenNumber(value: unknown): unknown {
  return typeof value === "number" ? plainDecimal(value) : value;
}
