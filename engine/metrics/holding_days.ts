import type { ClosedTrade } from "../account/ledger.ts";
import { nominalLength } from "../market/timeframe.ts";

/** For how long trades were held, in days, fractions included. */
export interface HoldingDays {
  mean: number;
  longest: number;
  /** Mean of the trades that made money after their fees. */
  winners: number;
  /** Mean of those that lost. */
  losers: number;
}

/** How long closed trades were held, from fill to fill. NaN of no such trades. */
export function holdingDays(
  trades: readonly Pick<ClosedTrade, "entryTime" | "exitTime" | "pnl">[],
): HoldingDays {
  let all = 0, won = 0, lost = 0, wins = 0, losses = 0, longest = NaN;
  for (const { entryTime, exitTime, pnl } of trades) {
    const days = (exitTime - entryTime) / nominalLength("1d");
    all += days;
    if (!(longest >= days)) longest = days;
    if (pnl > 0) {
      wins++;
      won += days;
    } else if (pnl < 0) {
      losses++;
      lost += days;
    }
  }
  return { mean: all / trades.length, longest, winners: won / wins, losers: lost / losses };
}
