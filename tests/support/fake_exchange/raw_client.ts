import { pro } from "../../../engine/exchanges/ccxt.ts";
import type { Trade } from "../../../engine/market/trade.ts";
import type { DialectName } from "./dialect.ts";
import type { FakeExchange } from "./fake_exchange.ts";

/** What is used of ccxt's clients here. */
export interface CcxtClient {
  trades: Record<string, unknown>;
  clients: Record<string, { connection: WebSocket; onError(error: Error): void }>;
  timeout: number;
  loadMarkets(): Promise<unknown>;
  watchTradesForSymbols(symbols: readonly string[]): Promise<unknown>;
  fetchTrades(symbol: string, since?: number, limit?: number, params?: object): Promise<Heard[]>;
  fetchOHLCV(
    symbol: string,
    timeframe: string,
    since?: number,
    limit?: number,
  ): Promise<number[][]>;
  fetchTime(): Promise<number>;
  close(): Promise<unknown>;
}

/** A trade as ccxt gives it. */
export interface Heard extends Trade {
  symbol: string;
  info: Record<string, unknown>;
}

/** Raw ccxt, listening. */
export interface RawClient {
  ccxt: CcxtClient;
  /** What it heard, in that order. */
  heard: Heard[];
  /** What it threw while it listened. */
  errors: Error[];
  /** Resolves when `test` holds; throws after ten seconds of real time. */
  until(test: () => boolean): Promise<void>;
  close(): Promise<void>;
}

/** A ccxt client of the exchange, without throttle. */
async function ccxtClient(name: DialectName, exchange: FakeExchange): Promise<CcxtClient> {
  // ccxt waits 1 s before it connects again, and twice as long each time: not in tests
  const options = { ws: { backoff: { base: 1, max: 1 } } };
  const settings = { urls: exchange.urls, apiKey: "some", enableRateLimit: false, options };
  const client = new pro[name](settings) as unknown as CcxtClient;
  await client.loadMarkets();
  return client;
}

/** ccxt with nothing around it but what hands over every trade at once, subscribed to `symbols`. */
export async function rawClient(
  name: DialectName,
  exchange: FakeExchange,
  symbols: readonly string[],
): Promise<RawClient> {
  const ccxt = await ccxtClient(name, exchange), heard: Heard[] = [], errors: Error[] = [];
  for (const symbol of symbols) ccxt.trades[symbol] = sinkOf(heard);
  let closed = false;
  const listening = (async () => {
    while (!closed) {
      await ccxt.watchTradesForSymbols(symbols).catch((error) => errors.push(error));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  })();
  const client: RawClient = {
    ccxt,
    heard,
    errors,
    until,
    close: async () => {
      closed = true;
      await ccxt.close();
      await listening;
    },
  };
  await until(() => exchange.sockets().subscribed === symbols.length);
  return client;
}

/** The WebSocket that a client listens to. */
export function socketOf({ ccxt }: RawClient): WebSocket {
  return Object.values(ccxt.clients)[0].connection;
}

async function until(test: () => boolean): Promise<void> {
  for (let tries = 0; !test(); tries++) {
    if (tries === 2_000) throw new Error(`It never came to be that ${test}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** What ccxt keeps trades in, which hands them over and keeps none. */
function sinkOf(heard: Heard[]): unknown {
  return Object.assign([], {
    append: (trade: Heard) => heard.push(trade),
    getLimit: () => undefined,
  });
}
