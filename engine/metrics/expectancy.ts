import type { ClosedTrade } from "../account/ledger.ts";
import { mean } from "./mean.ts";

/**
 * Mean profit of a closed trade in the quote currency, fees paid. NaN of no trades. (Others give it
 * as a fraction or in multiples of the risk; this one times the number of trades is their profit.)
 */
export function expectancy(trades: readonly ClosedTrade[]): number {
  return mean(trades.map((trade) => trade.pnl));
}
