import type { ClosedTrade } from "../account/ledger.ts";

/** How many trades in a row, at most. */
export interface Streaks {
  wins: number;
  losses: number;
}

/**
 * The longest run of winning and of losing trades, fees paid; one of exactly 0 ends either. NaN of no
 * trades.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * const trades = [3, 1, -2, 4, 0, 5].map((pnl) => ({ pnl }));
 * assert.deepEqual(streaks(trades), { wins: 2, losses: 1 });
 * ```
 */
export function streaks(trades: readonly Pick<ClosedTrade, "pnl">[]): Streaks {
  if (trades.length === 0) return { wins: NaN, losses: NaN };
  let wins = 0, losses = 0, winning = 0, losing = 0;
  for (const { pnl } of trades) {
    winning = pnl > 0 ? winning + 1 : 0;
    losing = pnl < 0 ? losing + 1 : 0;
    wins = Math.max(wins, winning);
    losses = Math.max(losses, losing);
  }
  return { wins, losses };
}
