import type { ClosedTrade, Fill, Refusal, Signal } from "../../engine/account/ledger.ts";
import type { Decided } from "../../engine/run/decide_candles.ts";

/** What a run reported, each kind in its order. */
export interface Told {
  signals: Signal[];
  refusals: Refusal[];
  fills: Fill[];
  trades: ClosedTrade[];
}

/** Nothing so far. */
export function nothingTold(): Told {
  return { signals: [], refusals: [], fills: [], trades: [] };
}

/** Puts what was decided, as it is read from its records, behind what was told before. */
export function tell(told: Told, { signals, refusals, fills, trades }: Decided): void {
  told.signals.push(...signals.rows);
  told.refusals.push(...refusals.rows);
  told.fills.push(...fills.rows);
  told.trades.push(...trades.rows);
}
