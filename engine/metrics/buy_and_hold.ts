import type { Benchmark } from "./benchmark.ts";

/**
 * What holding would have returned over the same rows, as a fraction: from the open of the first row to
 * the close of the last, all in, no costs. NaN of no rows.
 */
export function buyAndHold({ before, worth }: Benchmark): number {
  return worth.length === 0 ? NaN : heldReturn(before, worth[worth.length - 1]);
}

/** The same for each row. */
export function heldReturns({ before, worth }: Benchmark): Float64Array {
  return worth.map((money) => heldReturn(before, money));
}

function heldReturn(before: number, worth: number): number {
  return (worth - before) / before;
}
