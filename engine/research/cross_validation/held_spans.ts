import { firstAfter } from "../../metrics/first_after.ts";

/** A span of time in which something was held: UTC milliseconds. */
export interface Holding {
  entryTime: number;
  exitTime: number;
}

/**
 * For each period, over which periods what is known of it reaches: from the first to the last one of
 * all trades that were open in it, itself where there were none.
 */
export interface HeldSpans {
  first: Int32Array;
  last: Int32Array;
}

/**
 * The spans of periods by the trades that were open in them; `ends` are the ends of the periods. A
 * trade that begins or ends between two periods counts to both: what it costs falls into the one, what
 * it earns into the other.
 */
export function heldSpans(holdings: readonly Holding[], ends: Float64Array): HeldSpans {
  const first = Int32Array.from(ends, (_, period) => period), last = first.slice();
  const final = ends.length - 1;
  for (const { entryTime, exitTime } of holdings) {
    // The first period that ends at the entry or behind it, and the first that ends behind the exit.
    const entered = firstAfter(ends, entryTime - 1), left = firstAfter(ends, exitTime);
    const from = Math.min(entered, final), to = Math.min(left, final);
    for (let period = from; period <= to; period++) {
      first[period] = Math.min(first[period], from);
      last[period] = Math.max(last[period], to);
    }
  }
  return { first, last };
}
