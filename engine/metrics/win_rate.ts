import type { ClosedTrade } from "../account/ledger.ts";
import { wonAndLost } from "./won_and_lost.ts";

/** Fraction of closed trades that made money after their fees. NaN of no trades. */
export function winRate(trades: readonly ClosedTrade[]): number {
  return wonAndLost(trades).wins / trades.length;
}
