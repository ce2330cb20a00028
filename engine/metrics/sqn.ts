import type { ClosedTrade } from "../account/ledger.ts";
import { deviation } from "./deviation.ts";
import { mean } from "./mean.ts";
import { isRounding } from "./rounding.ts";

/**
 * System quality number: √n × mean / deviation of the closed trades' profits, fees paid. A pure
 * number; NaN of fewer than two trades, or if all made the same.
 *
 * Source: V. K. Tharp, "Trade Your Way to Financial Freedom", which takes profits in multiples of the
 * risk; here, as in backtesting.py and vectorbt, they are in the quote currency.
 */
export function sqn(trades: readonly ClosedTrade[], ddof: number): number {
  const profits = trades.map((trade) => trade.pnl), spread = deviation(profits, ddof);
  let notional = 0;
  for (const { entryPrice, amount } of trades) notional = Math.max(notional, entryPrice * amount);
  if (isRounding(spread, notional)) return NaN;
  return Math.sqrt(trades.length) * mean(profits) / spread;
}
