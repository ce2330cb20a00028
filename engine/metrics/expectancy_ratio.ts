import type { ClosedTrade } from "../account/ledger.ts";
import { wonAndLost } from "./won_and_lost.ts";

/**
 * Expectancy ratio: what a trade makes in multiples of the mean loss, (1 + payoff) × win rate − 1, fees
 * paid. A pure number; NaN unless there is at least one winner and one loser.
 *
 * Source: freqtrade's `expectancy_ratio`, where a trade that made nothing counts as one that lost.
 */
export function expectancyRatio(trades: readonly ClosedTrade[]): number {
  const { wins, losses, won, lost } = wonAndLost(trades);
  return (1 + (won / wins) / (lost / losses)) * (wins / trades.length) - 1;
}
