import { type SummaryLine, summaryLines } from "../metrics/summary_text.ts";
import type { Result } from "../research/result.ts";
import type { Market } from "./report_options.ts";
import type { PairGroup } from "./section.ts";

/** Every metric of a result by its section. */
export function metricPairs(result: Result, { quote }: Market): PairGroup[] {
  const lines = summaryLines(result.summary(), { quote, all: true });
  return [...Map.groupBy(lines, ({ section }) => section)].map(([title, lines]) => {
    return { title, pairs: lines.flatMap(pairsOf) };
  });
}

function pairsOf({ cells }: SummaryLine): PairGroup["pairs"] {
  return cells.map(({ label, value }) => [label, value] as const);
}
