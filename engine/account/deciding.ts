import { decide } from "./decide.ts";
import type { Desk } from "./desk.ts";
import { type Action, ACTIONS, type Reason, REASONS } from "./ledger.ts";
import { noteDistances } from "./levels.ts";
import { act } from "./orders.ts";
import type { Signals } from "./signals.ts";

/**
 * Decides on the close of a row and acts, or leaves it for the next open. What the strategy asks for
 * comes first, then a position that has been held for long enough.
 */
export function decideRow(
  desk: Desk,
  signals: Signals,
  at: number,
  time: number,
  price: number,
): void {
  const { state, settings, stops, ledger } = desk;
  const asked = decide(signals, at, state.position, settings.shorts);
  if (asked === "cancelled") state.cancelled++;
  else if (asked !== undefined) {
    const sure = signals.confidence[at];
    // Whatever a strategy computes, what is recorded is between 0 and 1.
    const confidence = sure === sure ? Math.min(1, Math.max(0, sure)) : 1;
    ledger.signal(at, { time, action: asked, confidence, price });
    noteDistances(desk, at);
    return order(desk, asked, undefined, time, price);
  }
  if (state.position !== 0 && stops.timeStop !== undefined && state.held >= stops.timeStop) {
    order(desk, state.position > 0 ? "exitLong" : "exitShort", "timeStop", time, price);
  }
}

/** Carries out at the open what the row before decided. */
export function actOnPending(desk: Desk, open: number, time: number): void {
  const { state } = desk, action = ACTIONS[state.pending - 1];
  const why = state.pendingReason === 0 ? undefined : REASONS[state.pendingReason - 1];
  state.pending = state.pendingReason = 0;
  act(desk, action, open, time, why);
}

function order(
  desk: Desk,
  action: Action,
  why: Reason | undefined,
  time: number,
  close: number,
): void {
  const { state, settings } = desk;
  if (settings.fill === "close") return act(desk, action, close, time, why);
  state.pending = ACTIONS.indexOf(action) + 1;
  state.pendingReason = why === undefined ? 0 : REASONS.indexOf(why) + 1;
}
