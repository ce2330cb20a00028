import type { ClosedTrade } from "../account/ledger.ts";
import type { RowTimes } from "../market/row_times.ts";
import type { Benchmark } from "./benchmark.ts";
import type { Excursion } from "./excursions.ts";

/**
 * What an account did, as the metrics read it, with one instrument or several. The columns have one
 * value for each row; money is in the quote currency.
 */
export interface Performance {
  /** The rows on which the account acted: one for each close of a candle. */
  rows: RowTimes;
  /** Equity before the first row; above 0. */
  initialBalance: number;
  /** Equity at each row's close, open positions marked. */
  equity: Float64Array;
  /** What is held after each row; 0 where nothing is. */
  held: Float64Array;
  /** What buying and holding would have been worth. */
  benchmark: Benchmark;
  /** The closed trades. */
  trades: readonly ClosedTrade[];
  /** How far the price went against each of the trades, and for it. */
  excursions: readonly Excursion[];
  /** How many positions the last row left open. */
  openTrades: number;
  /** Fees of every fill. */
  fees: number;
  /** What spread, impact and slippage cost, which is in the prices of the fills; NaN if unknown. */
  slippage: number;
  /** Funding paid in all, negative if more was received; NaN if unknown. */
  funding: number;
  /** The notionals of every fill, entries and exits, added up. */
  turnover: number;
}
