import type { AnyResult } from "../charts/run_caption.ts";
import { type SummaryLine, summaryLines } from "../metrics/summary_text.ts";
import type { Market } from "./report_options.ts";
import type { PairGroup, Section } from "./section.ts";

/** Every metric of a result by its section. */
export function everyMetric(result: AnyResult, { quote }: Market): Section {
  const lines = summaryLines(result.summary(), { quote, all: true });
  const groups = [...Map.groupBy(lines, ({ section }) => section)].map(([title, lines]) => {
    return { title, pairs: lines.flatMap(pairsOf) };
  });
  return {
    title: "Every metric",
    about: "Unknown numbers are “—”. Drawdowns are negative; ratios are a year.",
    parts: [{ kind: "pairs", groups }],
  };
}

function pairsOf({ cells }: SummaryLine): PairGroup["pairs"] {
  return cells.map(({ label, value }) => [label, value] as const);
}
