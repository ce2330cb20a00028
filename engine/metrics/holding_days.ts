import type { ClosedTrade } from "../account/ledger.ts";
import { nominalLength } from "../market/timeframe.ts";
import { mean } from "./mean.ts";

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
  const days = (held: typeof trades) =>
    held.map(({ entryTime, exitTime }) => (exitTime - entryTime) / nominalLength("1d"));
  return {
    mean: mean(days(trades)),
    longest: days(trades).reduce((longest, each) => longest >= each ? longest : each, NaN),
    winners: mean(days(trades.filter(({ pnl }) => pnl > 0))),
    losers: mean(days(trades.filter(({ pnl }) => pnl < 0))),
  };
}
