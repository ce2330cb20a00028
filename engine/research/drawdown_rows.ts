import { type Drawdown, drawdowns } from "../metrics/drawdowns.ts";
import type { Performance } from "../metrics/performance.ts";

/** A fall of equity below a peak; see `Drawdown`. Times are UTC milliseconds. */
export interface DrawdownRow extends Pick<Drawdown, "depth" | "days"> {
  /** The peak. */
  startTime: number;
  /** The lowest row. */
  valleyTime: number;
  /** When equity was back at its peak; undefined if it never was. */
  endTime: number | undefined;
}

/** The deepest drawdowns, deepest first. Throws an `InputError` for a count that is none. */
export function drawdownRows(performance: Performance, count?: number): DrawdownRow[] {
  return drawdowns(performance, count).map(({ start, valley, end, depth, days }) => {
    return { depth, days, startTime: start, valleyTime: valley, endTime: end };
  });
}
