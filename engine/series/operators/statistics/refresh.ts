import type { KernelContext } from "../../operator.ts";

/** What is kept running over derived columns is computed anew once in so many rows. */
const ROWS_BETWEEN_REFRESHES = 1024;

/**
 * The block of rows in which row `i` lies. A running sum is added anew on the first row of each: rows fixed
 * by absolute time, so that it does not matter where a run began.
 */
export function refreshBlock({ time, rowLength }: KernelContext, i: number): number {
  return Math.floor(time[i] / (ROWS_BETWEEN_REFRESHES * rowLength));
}

/** Whether row `i` is the first of its block. */
export function beginsAnew(context: KernelContext, i: number): boolean {
  return refreshBlock(context, i) !== refreshBlock(context, i - 1);
}
