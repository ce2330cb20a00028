import type { ClosedTrade, OpenTrade } from "../account/ledger.ts";
import type { Result } from "../research/result.ts";

/**
 * Trades with the prices of their first and last fills instead of averages: where marks belong. The
 * averages differ from these where positions were added to or closed in parts.
 */
export function atFills(
  { trades, open, fills }: Pick<Result, "trades" | "open" | "fills">,
): { trades: readonly ClosedTrade[]; open: OpenTrade | undefined } {
  const entries: number[] = [], exits: number[] = [];
  let before = 0;
  for (const { position, price } of fills.rows) {
    if (before === 0) entries.push(price);
    if (position === 0) exits.push(price);
    before = position;
  }
  if (exits.length !== trades.length) return { trades: trades.rows, open };
  return {
    trades: trades.rows.map((trade, i) => ({
      ...trade,
      entryPrice: entries[i],
      exitPrice: exits[i],
    })),
    open: open && { ...open, entryPrice: entries[exits.length] ?? open.entryPrice },
  };
}
