import { METRICS } from "../../metrics/metric_table.ts";
import type { SweepNumber } from "./numbers.ts";

/**
 * How the best of a search were found, in words: "by Sharpe"; or, where several numbers were weighed, "none
 * beaten in Total return and Max drawdown".
 */
export function rankedBy(objectives: readonly SweepNumber[]): string {
  const labels = objectives.map((name) => METRICS[name].label), last = labels.pop();
  return labels.length === 0 ? `by ${last}` : `none beaten in ${labels.join(", ")} and ${last}`;
}
