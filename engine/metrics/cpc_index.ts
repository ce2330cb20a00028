import type { ClosedTrade } from "../account/ledger.ts";
import { payoff } from "./payoff.ts";
import { profitFactor } from "./profit_factor.ts";
import { winRate } from "./win_rate.ts";

/**
 * CPC index: profit factor × win rate × payoff of the closed trades. A pure number; NaN where one of
 * them is.
 *
 * Source: quantstats' `cpc_index`, which takes days for trades.
 */
export function cpcIndex(trades: readonly ClosedTrade[]): number {
  return profitFactor(trades) * winRate(trades) * payoff(trades);
}
