import type { Signals } from "./signals.ts";

/** The first row of [from, to) on which a condition is true; `to` if there is none. */
export function firstFiring(
  { enterLong, exitLong, enterShort, exitShort, reduceLong, reduceShort }: Signals,
  from: number,
  to: number,
): number {
  for (let i = from; i < to; i++) {
    if (enterLong[i] === 1 || exitLong[i] === 1) return i;
    if (enterShort[i] === 1 || exitShort[i] === 1) return i;
    if (reduceLong[i] === 1 || reduceShort[i] === 1) return i;
  }
  return to;
}

/**
 * The columns that ask something of an account which is flat (side 0), or holds a long or short position, to which same-side
 * entries may add: what else fires then changes nothing.
 */
export function asking(signals: Signals, side: number, shorts: boolean, adds: boolean) {
  const { enterLong, exitLong, reduceLong, enterShort, exitShort, reduceShort, never } = signals;
  const columns = side === 0 ? [] : side > 0 ? [exitLong, reduceLong] : [exitShort, reduceShort];
  if (side <= 0 || adds) columns.push(enterLong);
  if (shorts && (side >= 0 || adds)) columns.push(enterShort);
  return columns.filter((column) => column !== never);
}

/** The first row of [from, to) on which one of some columns fires; `to` if there is none. */
export function firstAsking(columns: readonly Float64Array[], from: number, to: number): number {
  if (columns.length === 0) return to;
  if (columns.length === 1) {
    const [only] = columns;
    for (let i = from; i < to; i++) if (only[i] === 1) return i;
    return to;
  }
  // All of them row by row: one that never fires must not be read to its end for each that does.
  const [first, second, third = second, fourth = second] = columns;
  for (let i = from; i < to; i++) {
    if (first[i] === 1 || second[i] === 1 || third[i] === 1 || fourth[i] === 1) return i;
  }
  return to;
}
