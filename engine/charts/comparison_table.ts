import { formatNumber } from "../metrics/format_number.ts";
import { METRICS } from "../metrics/metric_table.ts";
import { type MetricName, type Summary, summary } from "../metrics/summary.ts";
import type { Compared } from "./compared.ts";
import { signed } from "./key_numbers.ts";
import type { TextTable } from "./table_block.ts";

/** What is compared unless something else is asked for. */
const COMPARED: readonly MetricName[] = [
  "totalReturn",
  "cagr",
  "volatility",
  "sharpe",
  "maxDrawdown",
  "trades",
  "winRate",
  "profitFactor",
  "fees",
];

/** Heads that are shorter than a metric's label. */
const SHORT: { readonly [Name in MetricName]?: string } = {
  totalReturn: "Return",
  volatility: "Volatility",
  trades: "Trades",
  winRate: "Won",
};

/** Metrics that say whether something was won or lost. */
const SIGNED: readonly MetricName[] = ["totalReturn", "cagr"];

/** Metrics of compared results, one row each; of buying and holding those that need no trades. */
export function comparisonTable(
  compared: readonly Compared[],
  { metrics = COMPARED, quote = "" }: { metrics?: readonly MetricName[]; quote?: string } = {},
): TextTable {
  return {
    columns: metrics.map((name) => {
      const { label, unit } = METRICS[name], head = SHORT[name] ?? label;
      return unit === "money" && quote !== "" ? `${head}, ${quote}` : head;
    }),
    rows: compared.map(({ name, colour, performance, result }) => {
      const all = summary(performance);
      const cells = metrics.map((metric) =>
        result || !needsTrades(metric) ? cellOf(all, metric) : ""
      );
      return { name, colour, sign: "line", cells };
    }),
  };
}

function needsTrades(name: MetricName): boolean {
  const { section } = METRICS[name];
  return section === "Trades" || section === "Costs";
}

function cellOf(all: Summary, name: MetricName): string {
  return SIGNED.includes(name) ? signed(all[name]) : formatNumber(all[name], METRICS[name].unit);
}
