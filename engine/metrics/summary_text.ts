import { checkOptions } from "../market/check_options.ts";
import { formatNumber } from "./format_number.ts";
import type { Metric, Section } from "./metric.ts";
import { METRICS } from "./metric_table.ts";
import type { MetricsSettings } from "./settings.ts";
import type { MetricName, Summary } from "./summary.ts";

/** A metric as it is printed. */
interface Cell {
  label: string;
  value: string;
}

/** A line of a summary: one metric, or two beside each other. */
export interface SummaryLine {
  section: Section;
  cells: Cell[];
}

/** What of a summary is printed, and how. */
export interface SummaryTextOptions {
  /** The currency of the money, such as "USDT", for its labels. */
  quote?: string;
  /** Every metric, instead of those that are read first. */
  all?: boolean;
}

/**
 * A summary as a table for a terminal: a section each for returns, risk, trades and costs, and the
 * settings in the last line; with `all`, every metric. Unknown numbers print as "—".
 */
export function summaryText(summary: Summary, options: SummaryTextOptions = {}): string {
  checkOptions(options, ["quote", "all"], "summaryText");
  const lines = summaryLines(summary, options), text: string[] = [];
  const widths = [0, 1].map((column) => columnWidths(lines, column));
  let section: Section | undefined;
  for (const line of lines) {
    if (line.section !== section) text.push(line.section);
    section = line.section;
    const cells = line.cells.map(({ label, value }, column) =>
      label.padEnd(widths[column].label) + "  " + value.padStart(widths[column].value)
    );
    text.push("  " + cells.join("   "));
  }
  return [...text, settingsText(summary.settings, options)].join("\n") + "\n";
}

/** The settings in one line; the confidence only where something is printed that depends on it. */
export function settingsText(
  { period, periodsPerYear, ddof, riskFree, confidence }: MetricsSettings,
  { all = false }: SummaryTextOptions = {},
): string {
  const perYear = Number(periodsPerYear.toFixed(2));
  const rate = formatNumber(riskFree, "fraction"), sure = formatNumber(confidence, "fraction");
  return `Ratios: ${period} UTC returns, √${perYear} a year, ddof ${ddof}, ` +
    `risk-free ${rate} a year${all ? `, confidence ${sure}` : ""}`;
}

/** The lines of a summary, in order. */
export function summaryLines(
  summary: Summary,
  { quote = "", all = false }: SummaryTextOptions = {},
): SummaryLine[] {
  const lines: SummaryLine[] = [];
  for (const [name, metric] of Object.entries(METRICS) as [MetricName, Metric][]) {
    const { section, unit, beside, more } = metric;
    if (more && !all) continue;
    const label = unit === "money" && quote ? `${metric.label} (${quote})` : metric.label;
    const cell = { label, value: formatNumber(summary[name], unit) };
    if (beside) lines[lines.length - 1].cells.push(cell);
    else lines.push({ section, cells: [cell] });
  }
  return lines;
}

function columnWidths(
  lines: readonly SummaryLine[],
  column: number,
): { label: number; value: number } {
  const cells = lines.flatMap((line) => line.cells[column] ?? []);
  return {
    label: Math.max(...cells.map((cell) => cell.label.length)),
    value: Math.max(...cells.map((cell) => cell.value.length)),
  };
}
