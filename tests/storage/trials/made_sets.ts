import type { MarketMarks, TriedSets } from "../../../engine/ports/trial_ledger.ts";

const DAY = 86_400_000;

/** A market that is known at the ends of some days; what `salt` differs in is another one. */
export function marks(fromDay: number, toDay: number, salt = 0): MarketMarks {
  const days = Array.from({ length: toDay - fromDay }, (_, i) => fromDay + i + 1);
  return {
    times: Float64Array.from(days, (day) => day * DAY),
    closes: Float64Array.from(days, (day) => 100 + salt + Math.sin(day + salt)),
  };
}

/** Sets that were tried over some days. */
export function tried(fromDay: number, toDay: number, ids: readonly number[]): TriedSets {
  return {
    ...{ strategy: "made", timeframe: "1h", method: "grid" },
    ...{ from: fromDay * DAY, to: toDay * DAY },
    ids: Float64Array.from(ids),
    ratios: { count: ids.length, sum: 1, squares: 2 },
  };
}

/** Whole numbers from one to before another. */
export const numbers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => from + i);
