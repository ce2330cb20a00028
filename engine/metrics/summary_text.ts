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

/**
 * A summary as a table for a terminal: a section each for returns, risk, trades and costs, and the
 * settings in the last line. `quote` names the currency of the money, such as "USDT". Unknown numbers
 * print as "—".
 */
export function summaryText(summary: Summary, { quote = "" } = {}): string {
  const lines = summaryLines(summary, quote), text: string[] = [];
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
  return [...text, settingsText(summary.settings)].join("\n") + "\n";
}

/** The settings in one line. */
export function settingsText({ period, periodsPerYear, ddof, riskFree }: MetricsSettings): string {
  const perYear = Number(periodsPerYear.toFixed(2));
  const rate = formatNumber(riskFree, "fraction");
  return `Ratios: ${period} UTC returns, √${perYear} a year, ddof ${ddof}, risk-free ${rate} a year`;
}

/** The lines of a summary, in order; the money's labels name its currency if that is given. */
export function summaryLines(summary: Summary, quote = ""): SummaryLine[] {
  const lines: SummaryLine[] = [];
  for (const [name, metric] of Object.entries(METRICS) as [MetricName, Metric][]) {
    const { section, unit, beside } = metric;
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
