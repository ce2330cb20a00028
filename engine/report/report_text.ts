import { ranCaption } from "../charts/run_caption.ts";
import { summaryText } from "../metrics/summary_text.ts";
import type { Reported, Settings } from "./report_options.ts";

/** A report as text: every metric of each result, and its notes. */
export function reportText(
  results: Reported,
  { title, names, markets }: Settings,
): string {
  const bodies = results.map((result, i) =>
    [
      results.length > 1 ? names[i] : ranCaption(result),
      summaryText(result.summary(), { quote: markets[i].quote, all: true }).trimEnd(),
      ...result.notes().map((note) => `Note: ${note}`),
    ].join("\n")
  );
  return [title, ...bodies].join("\n\n");
}
