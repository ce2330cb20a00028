import type { ClosedTrade } from "../account/ledger.ts";
import { wonAndLost } from "./won_and_lost.ts";

/**
 * Payoff ratio: the mean profit of a winning trade over the mean loss of a losing one, fees paid. A
 * pure number; NaN unless there is at least one of each.
 */
export function payoff(trades: readonly ClosedTrade[]): number {
  const { wins, losses, won, lost } = wonAndLost(trades);
  return (won / wins) / (lost / losses);
}
