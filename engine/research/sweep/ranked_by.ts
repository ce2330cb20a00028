import { METRICS } from "../../metrics/metric_table.ts";
import { bestWord } from "./numbers.ts";
import type { SweepResult } from "./sweep_result.ts";

/**
 * How the first `shown` sets of a search were found, in words: "by Sharpe, highest first"; or, where several
 * numbers were weighed, "none beaten in Total return (highest) and Turnover (lowest)", if that is so of all that are
 * shown.
 */
export function rankedBy(
  { objectives, front }: Pick<SweepResult, "objectives" | "front">,
  shown: number,
): string {
  const [rank] = objectives, first = `by ${METRICS[rank].label}, ${bestWord(rank)} first`;
  if (objectives.length === 1) return first;
  const labels = objectives.map((name) => METRICS[name].label);
  if (front === 0) return `none of which has all of ${together(labels)}`;
  const all = together(labels.map((label, i) => `${label} (${bestWord(objectives[i])})`));
  if (shown <= front) return `none beaten in ${all}`;
  const others = `then others ${first}`;
  return front === 1
    ? `first the one that none beats in ${all}, ${others}`
    : `first the ${front} that none beats in ${all}, ${others}`;
}

function together(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
