import type { ClosedTrade } from "../account/ledger.ts";

/** Lowest return of a closed trade, a fraction of its notional, fees paid. NaN of no trades. */
export function worstTrade(trades: readonly ClosedTrade[]): number {
  return trades.reduce((worst, trade) => worst <= trade.return ? worst : trade.return, NaN);
}
