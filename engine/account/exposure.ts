import type { Desk } from "./desk.ts";
import type { Action } from "./ledger.ts";
import { worthAt } from "./worth_at.ts";

/**
 * What is asked for by an exposure: to hold that part of equity, at the close that it is decided on. Nothing
 * if the position is off it by no more than the threshold; but 0 closes whatever is held.
 */
export function exposureAction(desk: Desk, asked: number, close: number): Action | undefined {
  const { state: { position }, settings: { rebalanceThreshold } } = desk;
  const exposure = allowedExposure(desk, asked), equity = worthAt(desk, close);
  if (!(equity > 0)) return undefined;
  if (exposure === 0) {
    if (position === 0) return undefined;
    return position > 0 ? "exitLong" : "exitShort";
  }
  const wanted = exposure * equity, held = position * close, isLong = exposure > 0;
  // What rounding leaves is no difference.
  const least = Math.max(1e-9, rebalanceThreshold) * equity;
  if (!(Math.abs(wanted - held) > least)) return undefined;
  if (position === 0) return isLong ? "enterLong" : "enterShort";
  if (position > 0 !== isLong) return isLong ? "reverseToLong" : "reverseToShort";
  if (Math.abs(wanted) > Math.abs(held)) return isLong ? "addLong" : "addShort";
  return isLong ? "reduceLong" : "reduceShort";
}

/**
 * Notes what an action is to bring the position to: an entry takes a part of the equity that there is when it is
 * filled, as entries do; what is held already is brought to so many units, as a portfolio does.
 */
export function noteExposure(desk: Desk, asked: number, close: number): void {
  const { state } = desk, part = Math.abs(allowedExposure(desk, asked));
  state.size = part;
  state.aim = part * worthAt(desk, close) / close;
}

/** Whatever a strategy computes, no more than all of the size is held, and no short by a spot account. */
function allowedExposure({ settings: { shorts, size } }: Desk, asked: number): number {
  return Math.min(1, Math.max(shorts ? -1 : 0, asked)) * Math.min(1, size) + 0;
}
