import { isBoundary, type Timeframe } from "../../market/timeframe.ts";

/** What of the rows that a run acted on says which are kept. */
interface Acted {
  time: Float64Array;
  cash: Float64Array;
  /** Cash before the first of them. */
  before: number;
}

/**
 * The rows of a bot's equity that are worth keeping: all of them; of a run with a base clock those with
 * which a candle of the strategy's timeframe ends, and those on which cash changed, as it does with
 * every fill. Which rows those are does not depend on how many are decided at once.
 */
export function recordedRows(
  { time, cash, before }: Acted,
  timeframe: Timeframe,
  base: Timeframe = timeframe,
): number[] {
  const kept: number[] = [];
  for (let row = 0; row < time.length; row++) {
    const paid = cash[row] !== (row === 0 ? before : cash[row - 1]);
    if (base === timeframe || paid || isBoundary(time[row], timeframe)) kept.push(row);
  }
  return kept;
}
