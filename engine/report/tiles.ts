import type { AnyResult } from "../charts/run_caption.ts";
import { formatNumber } from "../metrics/format_number.ts";

/** A number that is read first. */
export interface Tile {
  name: string;
  value: string;
  /** Whether it was won or lost, where it is one of the two. */
  outcome: "won" | "lost" | "";
}

/** What a reader looks at first. */
export function tilesOf(result: AnyResult, quote: string): Tile[] {
  const summary = result.summary();
  const change = (name: string, value: number): Tile => {
    const outcome = value > 0 ? "won" : value < 0 ? "lost" : "";
    return { name, value: (value > 0 ? "+" : "") + formatNumber(value, "fraction"), outcome };
  };
  const plain = (name: string, value: string): Tile => ({ name, value, outcome: "" });
  return [
    change("Total return", summary.totalReturn),
    change("Buy and hold", summary.buyAndHold),
    change("CAGR", summary.cagr),
    plain("Sharpe", formatNumber(summary.sharpe, "ratio")),
    plain("Sortino", formatNumber(summary.sortino, "ratio")),
    plain("Max drawdown", formatNumber(summary.maxDrawdown, "fraction")),
    plain("Closed trades", formatNumber(summary.trades, "count")),
    plain("Win rate", formatNumber(summary.winRate, "fraction")),
    plain("Profit factor", formatNumber(summary.profitFactor, "ratio")),
    plain(quote === "" ? "Fees" : `Fees, ${quote}`, formatNumber(summary.fees, "money")),
  ];
}
