import type { Desk } from "./desk.ts";
import { refuse } from "./orders.ts";
import type { AccountState } from "./state.ts";

/** What people may ask of an account. */
export const INTERVENTIONS = ["pause", "resume", "liquidate"] as const;
export type Intervention = typeof INTERVENTIONS[number];

/** What `paused` is while a position is to be closed at the next close. */
export const LIQUIDATING = 2;

/**
 * Notes what people ask for: it holds from the close of the next row on, before anything is decided there,
 * so that a fill at that row's open or inside it, which had happened when they asked, is not undone. A
 * `pause` keeps decisions from opening anything and takes back an entry that waits; exits, stops and
 * targets go on. `liquidate` closes the position besides, by an order of that close. Of several before
 * the same close the last one counts, but for a liquidation that a pause leaves as it is.
 */
export function intervene(state: AccountState, asked: Intervention): void {
  if (asked === "resume") state.paused = 0;
  else state.paused = asked === "liquidate" ? LIQUIDATING : Math.max(state.paused, 1);
}

/** At a close: what is waited for is taken back, and what was to be closed has its order. */
export function keepPaused(desk: Desk, time: number): void {
  const { state } = desk;
  state.paused = 1;
  if (state.orderSide === 0) return;
  refuse(desk, state.orderSide > 0 ? 1 : -1, time, state.orderPrice, "paused");
  state.orderSide = 0;
}
