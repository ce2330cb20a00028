import assert from "node:assert/strict";
import type { Metric } from "../../engine/metrics/metric.ts";
import { METRICS } from "../../engine/metrics/metric_table.ts";
import { keyMetrics } from "../../engine/metrics/key_metrics.ts";
import { type MetricName, summary } from "../../engine/metrics/summary.ts";
import { summaryText } from "../../engine/metrics/summary_text.ts";
import { formatNumber } from "../../engine/metrics/format_number.ts";
import { madePerformance, madeTrade } from "./made_performance.ts";

const NAMES = Object.keys(METRICS) as MetricName[];

const YEAR = madePerformance({
  equity: Array.from({ length: 365 }, (_, i) => i < 364 ? 10_000 - 1_000 * (i % 2) : 12_345.678),
  timeframe: "1d",
  prices: Array.from({ length: 365 }, (_, i) => i < 364 ? 100 : 250),
  position: Array.from({ length: 365 }, (_, i) => i % 2),
  trades: [madeTrade(30), madeTrade(-10), madeTrade(12)],
  fees: 1_234.5,
  turnover: 1_234_567.891,
});

Deno.test("a summary prints as a table, with the settings in the last line", () => {
  // The numbers of this run were checked with Python's statistics module, not copied from here.
  const text = summaryText(summary(YEAR), { quote: "USDT" });
  assert.equal(
    text,
    `Returns
  Final equity (USDT)     12,345.68   Days                    365.0
  Total return               23.46%   Buy and hold          150.00%
  CAGR                       23.46%
Risk
  Sharpe                       1.12   Probabilistic Sharpe   86.79%
  Sortino                      1.69   Calmar                   2.35
  Max drawdown              -10.00%   Drawdown days             2.0
  Volatility a year         204.69%   Exposure               49.86%
Trades
  Closed trades                   3   Open trades                 0
  Win rate                   66.67%   Profit factor            4.20
  Expectancy (USDT)           10.67   Payoff                   2.10
  Best trade                 30.00%   Worst trade           -10.00%
  SQN                          0.92
Costs
  Fees (USDT)              1,234.50
  Turnover (USDT)      1,234,567.89   Times equity a year    129.85
Ratios: 1d UTC returns, √365 a year, ddof 1, risk-free 0.00% a year
`,
  );
});

/** The label of a metric and its value, as a line has them beside each other. */
function cellOf(text: string, { label }: Metric): string | undefined {
  const name = RegExp.escape(label);
  return text.match(new RegExp(`(?:^ {2}| {3})${name}(?: \\(USDT\\))? {2,}(\\S+)(?: {3}|$)`, "m"))
    ?.[1];
}

Deno.test("with all, every metric is printed, under one heading a section", () => {
  const made = summary(YEAR), text = summaryText(made, { quote: "USDT", all: true });
  for (const [name, metric] of Object.entries(METRICS) as [MetricName, Metric][]) {
    assert.equal(cellOf(text, metric), formatNumber(made[name], metric.unit), metric.label);
  }
  const headings = text.split("\n").filter((line) => /^[A-Z]/.test(line)).slice(0, -1);
  assert.deepEqual(headings, [...new Set(Object.values(METRICS).map(({ section }) => section))]);
  assert.equal(new Set(Object.values(METRICS).map(({ label }) => label)).size, NAMES.length);
  assert.match(text, /, confidence 95.00%\n$/);
  assert.doesNotMatch(text, /NaN|undefined|Infinity/);
  for (const line of text.split("\n")) assert(line.length <= 100, line);
});

Deno.test("what is read first is what is printed by default, and what a receipt holds", () => {
  const made = summary(YEAR), text = summaryText(made, { quote: "USDT" }), key = keyMetrics(made);
  assert.equal(Object.keys(key).length, 25);
  for (const name of NAMES) {
    assert.equal(cellOf(text, METRICS[name]) !== undefined, name in key, name);
    if (name in key) assert.equal(key[name], made[name]);
  }
});

Deno.test("unknown numbers print as a dash", () => {
  const text = summaryText(summary(madePerformance({ equity: [10_000] })), { quote: "USDT" });
  assert.match(text, /Sharpe +— /);
  assert.match(text, /Expectancy \(USDT\) +— +Payoff +—\n/);
  assert.doesNotMatch(text, /NaN|undefined|Infinity/);
});

Deno.test("the settings that were used are printed", () => {
  const options = { period: "1w", ddof: 0, riskFree: 0.045 } as const;
  const text = summaryText(summary(YEAR, options));
  assert.equal(
    text.trimEnd().split("\n").at(-1),
    "Ratios: 1w UTC returns, √52.14 a year, ddof 0, risk-free 4.50% a year",
  );
});

Deno.test("numbers print as people write them", () => {
  assert.equal(formatNumber(1_234_567.891, "money"), "1,234,567.89");
  assert.equal(formatNumber(-0.5, "money"), "-0.50");
  assert.equal(formatNumber(0.000012345, "money"), "0.00001235");
  assert.equal(formatNumber(0, "money"), "0.00");
  assert.equal(formatNumber(-0.00001, "fraction"), "0.00%");
  assert.equal(formatNumber(-0.12345, "fraction"), "-12.35%");
  assert.equal(formatNumber(12.5, "fraction"), "1,250.00%");
  assert.equal(formatNumber(1.005, "ratio"), "1.01");
  assert.equal(formatNumber(-0.001, "ratio"), "0.00");
  assert.equal(formatNumber(1_234, "count"), "1,234");
  assert.equal(formatNumber(12.34, "days"), "12.3");
  assert.equal(formatNumber(NaN, "money"), "—");
});
