import type { Candles } from "../market/candles.ts";
import type { Timeframe } from "../market/timeframe.ts";
import { periodEquity } from "./period_equity.ts";
import { periodReturns } from "./period_returns.ts";

/**
 * Returns of buying and holding the instrument over the same UTC periods as the account's, as
 * fractions: bought at the open of the first candle, without costs. One for each of `periodReturns`;
 * the account's are fewer only where it was ruined. Empty without candles.
 */
export function benchmarkReturns(candles: Candles, period: Timeframe): Float64Array {
  const initialBalance = candles.open[0], equity = candles.close;
  return periodReturns(initialBalance, periodEquity({ candles, equity, initialBalance }, period));
}
