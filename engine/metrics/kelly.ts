import type { ClosedTrade } from "../account/ledger.ts";
import { mean } from "./mean.ts";

/**
 * Kelly criterion: W − (1 − W) / R, where W is the part of the trades that won, of those that did not
 * end at 0, and R the mean return of the winners over the mean loss of the losers, fees paid. A
 * fraction of the equity to put at stake, where the stake is what a mean loser loses; negative where a
 * trade is not worth taking. NaN unless there is at least one winner and one loser.
 *
 * Source: J. L. Kelly, "A New Interpretation of Information Rate", Bell System Technical Journal 35(4),
 * 1956. quantstats has the same of the days instead of the trades.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * const trades = [0.2, 0.2, -0.1].map((fraction) => ({ return: fraction }));
 * assert(Math.abs(kelly(trades) - 0.5) < 1e-12); // two of three won, twice what the other lost
 * ```
 */
export function kelly(trades: readonly Pick<ClosedTrade, "return">[]): number {
  const returns = trades.map((trade) => trade.return);
  const won = returns.filter((value) => value > 0), lost = returns.filter((value) => value < 0);
  const chance = won.length / (won.length + lost.length);
  return chance - (1 - chance) / (mean(won) / -mean(lost));
}
