import type { Action, ClosedTrade } from "../../engine/account/ledger.ts";

/** What the naive account saw, row by row and in all. */
export interface NaiveResult {
  equity: number[];
  cash: number[];
  position: number[];
  actions: { row: number; action: Action }[];
  trades: ClosedTrade[];
  cancelled: number;
  ambiguous: number;
  refused: number;
  forbidden: number;
  expired: number;
  liquidated: number;
  ended: boolean;
}
