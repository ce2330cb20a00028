import type { Action } from "./ledger.ts";
import type { Signals } from "./signals.ts";

/**
 * What row `i` of the signals asks of an account that holds `position`. In a position the opposite entry
 * reverses and its exit closes, then its reduction closes a part, then a same-side entry adds to it if it
 * `adds`, and else changes nothing. Flat, one side's entry opens, unless that side's exit fires too;
 * entries of both sides cancel each other.
 */
export function decide(
  signals: Signals,
  i: number,
  position: number,
  shorts: boolean,
  adds = false,
): Action | "cancelled" | undefined {
  const enterLong = signals.enterLong[i] === 1 && signals.exitLong[i] !== 1;
  const enterShort = shorts && signals.enterShort[i] === 1 && signals.exitShort[i] !== 1;
  if (position > 0) {
    if (enterShort) return "reverseToShort";
    if (signals.exitLong[i] === 1) return "exitLong";
    if (signals.reduceLong[i] === 1) return "reduceLong";
    return enterLong && adds ? "addLong" : undefined;
  }
  if (position < 0) {
    if (enterLong) return "reverseToLong";
    if (signals.exitShort[i] === 1) return "exitShort";
    if (signals.reduceShort[i] === 1) return "reduceShort";
    return enterShort && adds ? "addShort" : undefined;
  }
  if (enterLong && enterShort) return "cancelled";
  if (enterLong) return "enterLong";
  return enterShort ? "enterShort" : undefined;
}
