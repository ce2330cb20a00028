/** Who took liquidity. */
export type Side = "buy" | "sell";

/** A market on a venue, such as `BTC/USDT` on `binance`. */
export interface Instrument {
  exchange: string;
  symbol: string;
}

/** A trade as an exchange reports it. `timestamp` is the exchange's, in UTC milliseconds. */
export interface Trade {
  id: string;
  timestamp: number;
  price: number;
  /** Units of the base currency. */
  amount: number;
  side: Side;
  /** How many fills of one order it stands for, under the id of the last; 1 unless given. */
  fills?: number;
}

/** The key under which an instrument's things are kept in maps. */
export function instrumentKey({ exchange, symbol }: Instrument): string {
  return `${exchange} ${symbol}`;
}
