import type { ClosedTrade } from "../account/ledger.ts";
import { wonAndLost } from "./won_and_lost.ts";

/**
 * Profit factor: the profits of the winning trades over the losses of the losing ones, fees paid. A
 * pure number; 0 where every trade lost. NaN without a losing trade: it would be infinite, which says
 * only that nothing is known of the losses to come.
 */
export function profitFactor(trades: readonly ClosedTrade[]): number {
  const { won, lost } = wonAndLost(trades);
  return lost > 0 ? won / lost : NaN;
}
