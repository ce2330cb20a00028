import type { ClosedTrade, OpenTrade } from "../account/ledger.ts";
import type { Candles } from "../market/candles.ts";
import type { Excursion } from "./excursions.ts";

/**
 * What an account did, as the metrics read it. The columns have one value for each candle; money is
 * in the quote currency.
 */
export interface Performance {
  /** The rows on which the account acted. */
  candles: Candles;
  /** Equity before the first row; above 0. */
  initialBalance: number;
  /** Equity at each row's close, open positions marked. */
  equity: Float64Array;
  /**
   * Units of the base currency held after each row, negative for a short; of several instruments, what
   * is held of them together, in the quote currency.
   */
  position: Float64Array;
  trades: readonly ClosedTrade[];
  /** The position that the last row left open. */
  open: OpenTrade | undefined;
  /** How many the last row left open, where there may be several. */
  openTrades?: number;
  /** Of the trades, where they are not all of one instrument and so not all of `candles`. */
  excursions?: readonly Excursion[];
  /** Fees of every fill. */
  fees: number;
  /** What spread, impact and slippage cost, which is in the prices of the fills; absent if unknown. */
  slippage?: number;
  /** Funding paid in all, negative if more was received; absent if unknown. */
  funding?: number;
  /** The notionals of every fill, entries and exits, added up. */
  turnover: number;
}
