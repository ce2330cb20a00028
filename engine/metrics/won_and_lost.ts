import type { ClosedTrade } from "../account/ledger.ts";

/** Trades parted by their profit net of fees; one of exactly 0 is neither won nor lost. */
export interface WonAndLost {
  wins: number;
  losses: number;
  /** Profits of the winners added up, quote currency. */
  won: number;
  /** Losses of the losers added up, quote currency; positive. */
  lost: number;
}

/** Counts and sums of the winning and of the losing trades, fees paid. */
export function wonAndLost(trades: readonly ClosedTrade[]): WonAndLost {
  let wins = 0, losses = 0, won = 0, lost = 0;
  for (const { pnl } of trades) {
    if (pnl > 0) {
      wins++;
      won += pnl;
    } else if (pnl < 0) {
      losses++;
      lost -= pnl;
    }
  }
  return { wins, losses, won, lost };
}
