import type { CcxtExchange, CcxtTrade } from "./ccxt_exchange.ts";
import { type IdNumber, idPlus } from "./trade_ids.ts";

/** How past trades are had by their numbers. */
export interface HistoryById {
  /** So many ids a page. */
  size: number;
  /** The trades numbered from `from` on, or the newest ones. */
  fetch(
    exchange: CcxtExchange,
    symbol: string,
    from: IdNumber | undefined,
  ): Promise<readonly CcxtTrade[]>;
}

/** How past trades are had by their time. */
export interface HistoryByTime {
  /** At most so many trades a page. */
  size: number;
  /** Whether a page that is full was cut at its new end. */
  oldestFirst?: boolean;
  /** Bounds are whole multiples of so many milliseconds; 1 unless given. */
  step?: number;
  /** The trades with since ≤ timestamp ≤ until; too many of them are cut, at either end. */
  fetch(
    exchange: CcxtExchange,
    symbol: string,
    since: number | undefined,
    until: number | undefined,
  ): Promise<readonly CcxtTrade[]>;
}

/** How a venue's own candles are had. */
export interface CandleHistory {
  /** So many candles a page. */
  size: number;
  /** Whether the end of what is asked for can be said. */
  takesEnd: boolean;
  /** The venue keeps only so many of the newest candles. */
  mostPast?: number;
}

/** What ccxt does not say of a venue. */
export interface VenueTraits {
  /** Whether the ids of an instrument's trades are the whole numbers in turn, so that holes show. */
  isCounted: boolean;
  /** Of the exchange's own trade: how many ids it stands for. */
  fills?(info: unknown): number;
  /** See `TradeTerms`. */
  fields: readonly string[];
  symbolField?: string;
  /** A message that the exchange answers on the socket. */
  ping?(count: number): unknown;
  /** Whether a message says that the subscription stands. */
  isAck?(message: Message): boolean;
  /** Whether a message is right though there is no trade in it. */
  isOther?(message: Message): boolean;
  /** Frames that are no JSON and right; unknown venues may have any word. */
  words?: readonly string[];
  /** What ccxt needs to be told. */
  prepare?(exchange: CcxtExchange): void;
  byId?: HistoryById;
  byTime: HistoryByTime;
  candles: CandleHistory;
}

/** A frame, parsed. */
export type Message = Readonly<Record<string, unknown>>;

const SIZE = 1_000, DAY = 86_400_000;

/** What holds for any venue: ids tell nothing, and pages are asked for as ccxt has it. */
const ANY: VenueTraits = {
  isCounted: false,
  fields: [],
  candles: { size: 100, takesEnd: true },
  byTime: {
    size: SIZE,
    fetch: (exchange, symbol, since, until) =>
      exchange.fetchTrades(symbol, since, SIZE, until === undefined ? {} : { until }),
  },
};

const OKX: VenueTraits = {
  ...ANY,
  isCounted: true,
  fills: (info) => {
    const count = Number((info as Message | undefined)?.count ?? 1);
    return Number.isSafeInteger(count) && count > 0 && count < 1e6 ? count : 1;
  },
  fields: ["tradeId", "px", "sz", "side", "ts", "instId", "count"],
  candles: { size: 300, takesEnd: true },
  words: ["pong"],
  ping: () => "ping",
  isAck: ({ event }) => event === "subscribe",
  isOther: ({ event }) => typeof event === "string",
  byId: {
    size: 100,
    fetch: (exchange, symbol, from) => {
      const method = "publicGetMarketHistoryTrades";
      // Pages end before `after`; since ids are counted, that also says where they begin.
      const bound = from === undefined ? {} : { after: `${idPlus(from, 100)}` };
      return exchange.fetchTrades(symbol, undefined, 100, { method, ...bound });
    },
  },
};

const BINANCE: VenueTraits = {
  ...ANY,
  words: [],
  isCounted: true,
  fields: ["t", "p", "q", "T", "s", "id", "price", "qty", "time"],
  candles: { size: 1_000, takesEnd: true },
  ping: (count) => ({ method: "LIST_SUBSCRIPTIONS", id: 900_000_000 + count }),
  isAck: (message) => message.result === null && message.id !== undefined,
  isOther: (message) => "result" in message || "error" in message,
  prepare: readWithoutKey,
  byId: {
    size: SIZE,
    fetch: (exchange, symbol, from) =>
      from === undefined
        ? exchange.fetchTrades(symbol, undefined, SIZE, { method: "publicGetTrades" })
        : exchange.fetchTrades(symbol, undefined, SIZE, {
          method: "publicGetHistoricalTrades",
          fromId: `${from}`,
        }),
  },
};

const COINBASE: VenueTraits = {
  ...ANY,
  words: [],
  isCounted: true,
  fields: ["trade_id", "price", "size", "side", "time", "product_id"],
  candles: { size: 299, takesEnd: true },
  ping: () => ({ type: "subscribe", channel: "heartbeats" }),
  isAck: ({ channel }) => channel === "subscriptions",
  isOther: ({ channel, type }) =>
    /^(subscriptions|heartbeats)$/.test(`${channel}`) || type === "error",
  byTime: {
    size: SIZE,
    step: 1_000,
    // Its bounds are whole seconds, and it wants both.
    fetch: (exchange, symbol, since, until) => {
      if (since === undefined) return exchange.fetchTrades(symbol, undefined, SIZE);
      const end = (until ?? since + DAY) + 1_000;
      return exchange.fetchTrades(symbol, since, SIZE, { until: end });
    },
  },
};

const KRAKEN: VenueTraits = {
  ...ANY,
  words: [],
  isCounted: true,
  fields: ["trade_id", "price", "qty", "side", "timestamp", "symbol"],
  symbolField: "symbol",
  candles: { size: 720, takesEnd: false, mostPast: 720 },
  ping: (count) => ({ method: "ping", req_id: count }),
  isAck: ({ method, success }) => method === "subscribe" && success === true,
  isOther: ({ channel, method }) =>
    method !== undefined || /^(heartbeat|status)$/.test(`${channel}`),
  byTime: {
    size: SIZE,
    oldestFirst: true,
    // It takes nanoseconds, and tells what is later than them.
    fetch: (exchange, symbol, since) =>
      since === undefined
        ? exchange.fetchTrades(symbol, undefined, SIZE)
        : exchange.fetchTrades(symbol, since - 1, SIZE, { since: `${since - 1}999000` }),
  },
};

/** Binance tells past trades to anyone; ccxt believes that it takes a key. */
function readWithoutKey(exchange: CcxtExchange): void {
  const sign = exchange.sign.bind(exchange);
  exchange.sign = (path, ...rest) => {
    if (path !== "historicalTrades" || exchange.apiKey) return sign(path, ...rest);
    const signed = sign("trades", ...rest);
    return { ...signed, url: signed.url.replace("/trades?", "/historicalTrades?") };
  };
}

const TRAITS: Readonly<Record<string, VenueTraits>> = {
  okx: OKX,
  binance: BINANCE,
  coinbase: COINBASE,
  kraken: KRAKEN,
};

/** The traits of a venue by its name in ccxt; what nobody has looked at has none. */
export function traitsOf(venue: string): VenueTraits {
  return TRAITS[venue] ?? ANY;
}
