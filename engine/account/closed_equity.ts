import type { Desk } from "./desk.ts";
import { SILENT } from "./ledger.ts";
import { exit } from "./orders.ts";
import type { AccountState } from "./state.ts";

/**
 * The money that an account would have if it closed its position now, by a market order at `price`: with
 * fee, slippage, impact and ruin as they are in every other exit. Nothing is closed by asking. Of an
 * account of a portfolio it is its own cash, as if it were alone.
 */
export function closedEquity(desk: Desk, price: number): number {
  return closedState(desk, price).cash;
}

/** What the account would remember then. */
export function closedState(desk: Desk, price: number): AccountState {
  const state = { ...desk.state }, book = desk.book === desk.state ? state : { ...desk.book };
  if (state.position === 0) return state;
  const time = state.heldUntil;
  exit({ ...desk, state, book, ledger: SILENT }, { price, time, reason: "signal" });
  return state;
}
