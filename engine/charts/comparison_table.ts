import { formatNumber } from "../metrics/format_number.ts";
import type { Compared } from "./compared.ts";
import { signed } from "./key_numbers.ts";
import type { TextTable } from "./table_block.ts";

/** The key numbers of compared results, one row each; what buying and holding has none of is empty. */
export function comparisonTable(compared: readonly Compared[]): TextTable {
  return {
    columns: ["Return", "CAGR", "Sharpe", "Max drawdown", "Trades", "Won", "Profit factor"],
    rows: compared.map(({ name, colour, result, growth, drawdown }) => ({
      name,
      colour,
      sign: "line",
      cells: result ? numbersOf(result.summary()) : [
        signed(growth[growth.length - 1] / 100),
        "",
        "",
        formatNumber(drawdown.reduce((a, b) => Math.min(a, b), 0) / 100, "fraction"),
        "",
        "",
        "",
      ],
    })),
  };
}

function numbersOf(summary: ReturnType<NonNullable<Compared["result"]>["summary"]>): string[] {
  return [
    signed(summary.totalReturn),
    signed(summary.cagr),
    formatNumber(summary.sharpe, "ratio"),
    formatNumber(summary.maxDrawdown, "fraction"),
    formatNumber(summary.trades, "count"),
    formatNumber(summary.winRate, "fraction"),
    formatNumber(summary.profitFactor, "ratio"),
  ];
}
