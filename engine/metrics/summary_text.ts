import { formatNumber } from "./format_number.ts";
import type { Metric, Section } from "./metric.ts";
import { METRICS } from "./metric_table.ts";
import type { MetricsSettings } from "./settings.ts";
import type { MetricName, Summary } from "./summary.ts";

interface Cell {
  label: string;
  value: string;
}

interface Line {
  section: Section;
  cells: Cell[];
}

/**
 * A summary as a table for a terminal: a section each for returns, risk, trades and costs, and the
 * settings in the last line. `quote` names the currency of the money, such as "USDT". Unknown numbers
 * print as "—".
 */
export function summaryText(summary: Summary, { quote = "" } = {}): string {
  const lines = tableLines(summary, quote), text: string[] = [];
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
function settingsText({ period, periodsPerYear, ddof, riskFree }: MetricsSettings): string {
  const perYear = Number(periodsPerYear.toFixed(2));
  const rate = formatNumber(riskFree, "fraction");
  return `Ratios: ${period} UTC returns, √${perYear} a year, ddof ${ddof}, risk-free ${rate} a year`;
}

function tableLines(summary: Summary, quote: string): Line[] {
  const lines: Line[] = [];
  for (const [name, metric] of Object.entries(METRICS) as [MetricName, Metric][]) {
    const { section, unit, beside } = metric;
    const label = unit === "money" && quote ? `${metric.label} (${quote})` : metric.label;
    const cell = { label, value: formatNumber(summary[name], unit) };
    if (beside) lines[lines.length - 1].cells.push(cell);
    else lines.push({ section, cells: [cell] });
  }
  return lines;
}

function columnWidths(lines: readonly Line[], column: number): { label: number; value: number } {
  const cells = lines.flatMap((line) => line.cells[column] ?? []);
  return {
    label: Math.max(...cells.map((cell) => cell.label.length)),
    value: Math.max(...cells.map((cell) => cell.value.length)),
  };
}
