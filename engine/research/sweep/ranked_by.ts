import { METRICS } from "../../metrics/metric_table.ts";
import type { SweepResult } from "./sweep_result.ts";

/**
 * How the first `shown` sets of a search were found, in words: "by Sharpe"; or, where several numbers were
 * weighed, "none beaten in Total return and Max drawdown", if that is so of all that are shown.
 */
export function rankedBy(
  { objectives, front }: Pick<SweepResult, "objectives" | "front">,
  shown: number,
): string {
  const labels = objectives.map((name) => METRICS[name].label), [first] = labels;
  if (labels.length === 1) return `by ${first}`;
  const all = `${labels.slice(0, -1).join(", ")} and ${labels.at(-1)}`;
  if (front === 0) return `none of which has all of ${all}`;
  if (shown <= front) return `none beaten in ${all}`;
  const others = `then others by ${first}`;
  return front === 1
    ? `first the one that none beats in ${all}, ${others}`
    : `first the ${front} that none beats in ${all}, ${others}`;
}
