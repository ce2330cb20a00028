import { decide } from "./decide.ts";
import { keepPaused, LIQUIDATING } from "./interventions.ts";
import type { Desk } from "./desk.ts";
import { exposureAction, noteExposure } from "./exposure.ts";
import { entryOrder, placeEntry } from "./entry_orders.ts";
import { type Action, ACTIONS, OPENS, type Reason, REASONS } from "./ledger.ts";
import { noteTerms } from "./levels.ts";
import { act, refuse } from "./orders.ts";
import { takeDown } from "./resize.ts";
import { worthAt } from "./worth_at.ts";
import { breach, forbidsEntry } from "./protections.ts";
import type { Signals } from "./signals.ts";

/**
 * Decides on the close of a row and acts, or leaves it for the next open. A protection that is reached
 * comes first, then what people asked for, what the strategy asks for, then a position that has been held for long enough.
 */
export function decideRow(
  desk: Desk,
  signals: Signals,
  at: number,
  time: number,
  price: number,
): void {
  const { state, settings, stops, ledger } = desk, { position } = state;
  const leave = position > 0 ? "exitLong" : "exitShort";
  const broken = desk.watchesEquity ? breach(desk, worthAt(desk, price)) : undefined;
  if (broken) state.orderSide = 0;
  const sells = state.paused === LIQUIDATING;
  if (state.paused !== 0) keepPaused(desk, time);
  if (broken && position !== 0) return order(desk, leave, broken, time, price);
  if (sells && position !== 0) return order(desk, leave, "manual", time, price);
  const adds = state.entries < (stops.maxEntries ?? 1);
  const exposure = signals.exposure[at], steers = desk.closes && exposure === exposure;
  const asked = steers
    ? exposureAction(desk, exposure, price)
    : decide(signals, at, position, settings.shorts, adds);
  if (asked === "cancelled") state.cancelled++;
  else if (asked !== undefined) {
    const action = permitted(desk, asked, time, price);
    if (action === undefined) return;
    const sure = signals.confidence[at];
    // Whatever a strategy computes, what is recorded is between 0 and 1.
    const confidence = sure === sure ? Math.min(1, Math.max(0, sure)) : 1;
    ledger.signal(at, { time, action, confidence, price });
    if (OPENS[action] !== 0) noteTerms(desk, signals, at);
    if (steers) noteExposure(desk, exposure, price);
    return OPENS[action] !== 0 && entryOrder(desk) !== "market"
      ? awaitPrice(desk, action, at, time, price)
      : order(desk, action, undefined, time, price);
  }
  withdraw(desk, signals, at);
  if (
    desk.closes && position !== 0 && stops.timeStop !== undefined && state.held >= stops.timeStop
  ) {
    order(desk, leave, "timeStop", time, price);
  }
}

/** What protections and people leave of an action: an entry or an addition is none, a reversal an exit. */
function permitted(desk: Desk, action: Action, time: number, price: number): Action | undefined {
  const { state } = desk;
  const side = OPENS[action];
  const isPaused = state.paused !== 0;
  if (side === 0 || !isPaused && !(desk.protects && forbidsEntry(desk))) return action;
  refuse(desk, side, time, price, isPaused ? "paused" : "protection");
  if (state.position === 0 || side * state.position > 0) return undefined;
  return side > 0 ? "exitShort" : "exitLong";
}

/** Places the entry of an action, and closes what a reversal closes. */
function awaitPrice(desk: Desk, action: Action, at: number, time: number, close: number): void {
  const side = OPENS[action] > 0 ? 1 : -1;
  placeEntry(desk, side, at, time, close);
  if (desk.state.position !== 0) {
    order(desk, side > 0 ? "exitShort" : "exitLong", "reversal", time, close);
  }
}

/** Gives up an entry that waits when the exit of its side fires. */
function withdraw({ state }: Desk, { exitLong, exitShort }: Signals, at: number): void {
  if (state.orderSide > 0 && exitLong[at] === 1) state.orderSide = 0;
  if (state.orderSide < 0 && exitShort[at] === 1) state.orderSide = 0;
}

/** Carries out at the open what the row before decided. */
export function actOnPending(desk: Desk, open: number, time: number): void {
  const { state } = desk, action = ACTIONS[state.pending - 1];
  const why = state.pendingReason === 0 ? undefined : REASONS[state.pendingReason - 1];
  state.pending = state.pendingReason = 0;
  carryOut(desk, action, why, time, open);
}

/** Acts, or brings the position to what an exposure asked for. */
function carryOut(
  desk: Desk,
  action: Action,
  why: Reason | undefined,
  time: number,
  price: number,
): void {
  const { state } = desk, { aim: target, position } = state, side = OPENS[action];
  state.aim = NaN;
  if (target === target && position !== 0 && RESIZES.includes(action)) {
    if (side !== 0) {
      desk.entering = { side, price, time, target };
      return;
    }
    const refused = takeDown(desk, { target, price, time });
    if (refused !== undefined) refuse(desk, position > 0 ? 1 : -1, time, price, refused);
  } else act(desk, action, price, time, why);
}

/** What changes the size of a position, and not its side. */
const RESIZES: readonly Action[] = ["addLong", "addShort", "reduceLong", "reduceShort"];

function order(
  desk: Desk,
  action: Action,
  why: Reason | undefined,
  time: number,
  close: number,
): void {
  const { state, settings } = desk;
  if (settings.fill === "close") return carryOut(desk, action, why, time, close);
  state.pending = ACTIONS.indexOf(action) + 1;
  state.pendingReason = why === undefined ? 0 : REASONS.indexOf(why) + 1;
}
