/** A trade as ccxt hands it over: nothing in it was checked. */
export interface CcxtTrade {
  id?: unknown;
  timestamp?: unknown;
  symbol?: unknown;
  side?: unknown;
  /** The exchange's text or number, as `guardSockets` has ccxt leave it alone. */
  price?: unknown;
  amount?: unknown;
  /** What the exchange sent. */
  info?: unknown;
}

/** A market as ccxt knows it. */
export interface CcxtMarket {
  symbol: string;
  spot?: boolean;
  precision?: { price?: unknown };
}

/** One WebSocket of ccxt's. */
export interface CcxtClient {
  url: string;
  error?: unknown;
  connection?: WebSocket;
  gunzip: boolean;
  inflate: boolean;
  decompressBinary: boolean;
  onMessageCallback(client: CcxtClient, message: unknown): void;
  createConnection(): void;
  onMessage(event: { data: unknown }): void;
  onOpen(): void;
  onError(error: unknown): void;
  onClose(event: unknown): void;
  isOpen(): boolean;
  send(message: unknown): Promise<unknown>;
  reset(error: unknown): void;
}

/** What is used of a ccxt exchange. */
export interface CcxtExchange {
  id: string;
  apiKey?: string;
  has: Readonly<Record<string, unknown>>;
  timeframes?: Readonly<Record<string, unknown>>;
  symbols?: readonly string[];
  options: Record<string, unknown>;
  trades: unknown;
  clients: Record<string, CcxtClient>;
  number: (text: string) => unknown;
  /** How `precision` is told: decimals, significant digits or the size of a tick. */
  precisionMode: number;
  /** The HTTP status of the last answer, as `openVenue` has it noted. */
  lastStatus?: number;
  handleErrors(status: number, ...rest: readonly unknown[]): unknown;
  last_response_headers?: Readonly<Record<string, string>>;
  client(url: string): CcxtClient;
  safeTrade(trade: CcxtTrade): CcxtTrade;
  loadMarkets(): Promise<unknown>;
  market(symbol: string): CcxtMarket;
  parseTrades(trades: readonly unknown[], market: CcxtMarket): CcxtTrade[];
  watchTrades(symbol: string): Promise<unknown>;
  watchTradesForSymbols(symbols: readonly string[]): Promise<unknown>;
  fetchTime(): Promise<unknown>;
  fetchTrades(
    symbol: string,
    since?: number,
    limit?: number,
    parameters?: Readonly<Record<string, unknown>>,
  ): Promise<readonly CcxtTrade[]>;
  fetchOHLCV(
    symbol: string,
    timeframe: string,
    since?: number,
    limit?: number,
    parameters?: Readonly<Record<string, unknown>>,
  ): Promise<readonly unknown[]>;
  sign(path: string, ...rest: readonly unknown[]): { url: string };
  close(): Promise<void>;
}

/** ccxt's own settings of an exchange, such as `{ timeout: 5_000 }`. */
export type CcxtOptions = Readonly<Record<string, unknown>>;

type Venues = Readonly<Record<string, new (options: CcxtOptions) => CcxtExchange>>;

/** Every venue that ccxt can listen to, loaded when the first is opened: it is 80 MB in memory. */
export async function loadVenues(): Promise<Venues> {
  const specifier = "./ccxt.ts";
  const { pro }: { pro: Venues } = await import(specifier);
  return pro;
}
