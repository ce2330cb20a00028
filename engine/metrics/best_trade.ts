import type { ClosedTrade } from "../account/ledger.ts";

/** Highest return of a closed trade, a fraction of its notional, fees paid. NaN of no trades. */
export function bestTrade(trades: readonly ClosedTrade[]): number {
  return trades.reduce((best, trade) => best >= trade.return ? best : trade.return, NaN);
}
