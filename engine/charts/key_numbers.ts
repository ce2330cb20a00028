import type { Candles } from "../market/candles.ts";
import { formatNumber } from "../metrics/format_number.ts";
import type { Summary } from "../metrics/summary.ts";

/** The numbers of a result that its pictures carry. */
export function keyNumbers(summary: Summary, prefix = ""): string[] {
  const { totalReturn, buyAndHold, sharpe, maxDrawdown, trades, winRate } = summary;
  const wins = trades > 0 ? `, ${formatNumber(winRate, "fraction")} won` : "";
  return [
    `${prefix}${prefix === "" ? "R" : "r"}eturn ${signed(totalReturn)}`,
    `buy and hold ${signed(buyAndHold)}`,
    `Sharpe ${formatNumber(sharpe, "ratio")}`,
    `max drawdown ${formatNumber(maxDrawdown, "fraction")}`,
    `${formatNumber(trades, "count")} ${trades === 1 ? "trade" : "trades"}${wins}`,
  ];
}

/** The numbers of candles that their pictures carry. */
export function candleNumbers(candles: Candles): string[] {
  const { open, high, low, close, decimals = 2, length } = candles;
  const format = new Intl.NumberFormat("en-US", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return [
    `Close ${format.format(close[length - 1])}`,
    `change ${signed(close[length - 1] / open[0] - 1)}`,
    `high ${format.format(high.reduce((a, b) => Math.max(a, b)))}`,
    `low ${format.format(low.reduce((a, b) => Math.min(a, b)))}`,
  ];
}

/** A fraction as a percentage that says whether it was won or lost. */
export function signed(fraction: number): string {
  return (fraction > 0 ? "+" : "") + formatNumber(fraction, "fraction");
}
