import type { Action } from "./ledger.ts";
import type { Signals } from "./signals.ts";

/** The first row of [from, to) on which a condition is true; `to` if there is none. */
export function firstFiring(
  { enterLong, exitLong, enterShort, exitShort }: Signals,
  from: number,
  to: number,
): number {
  for (let i = from; i < to; i++) {
    if (enterLong[i] === 1 || exitLong[i] === 1) return i;
    if (enterShort[i] === 1 || exitShort[i] === 1) return i;
  }
  return to;
}

/**
 * What row `i` of the signals asks of an account that holds `position`. In a position its exit closes
 * and the opposite entry reverses; a same-side entry changes nothing. Flat, one side's entry opens,
 * unless that side's exit fires too; entries of both sides cancel each other.
 */
export function decide(
  signals: Signals,
  i: number,
  position: number,
  shorts: boolean,
): Action | "cancelled" | undefined {
  const enterLong = signals.enterLong[i] === 1 && signals.exitLong[i] !== 1;
  const enterShort = shorts && signals.enterShort[i] === 1 && signals.exitShort[i] !== 1;
  if (position > 0) {
    if (enterShort) return "reverseToShort";
    return signals.exitLong[i] === 1 ? "exitLong" : undefined;
  }
  if (position < 0) {
    if (enterLong) return "reverseToLong";
    return signals.exitShort[i] === 1 ? "exitShort" : undefined;
  }
  if (enterLong && enterShort) return "cancelled";
  if (enterLong) return "enterLong";
  return enterShort ? "enterShort" : undefined;
}
