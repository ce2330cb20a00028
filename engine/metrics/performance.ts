import type { ClosedTrade, OpenTrade } from "../account/ledger.ts";
import type { Candles } from "../market/candles.ts";

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
  /** Units of the base currency held after each row, negative for a short. */
  position: Float64Array;
  trades: readonly ClosedTrade[];
  /** The position that the last row left open. */
  open: OpenTrade | undefined;
  /** Fees of every fill. */
  fees: number;
  /** The notionals of every fill, entries and exits, added up. */
  turnover: number;
}
