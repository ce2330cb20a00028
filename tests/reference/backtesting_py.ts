import { cellNumber, csvRows, published } from "./published.ts";
import type { Market } from "./published_candles.ts";
import type { PublishedTrade } from "./trades_agree.ts";

/** What backtesting.py published of a case. */
export interface BacktestingPyResult {
  trades: PublishedTrade[];
  /** One row a candle; empty where it was not published. */
  equity: Float64Array;
}

const text = (name: string) => published("backtesting_py", `backtesting_py/${name}.csv`);

/** Reads the results of a case, such as `open_half`. */
export function backtestingPyResult(
  market: Market,
  name: string,
  { withEquity = true } = {},
): BacktestingPyResult {
  const trades = csvRows(text(`${market}_${name}_trades`)).map((cells) => ({
    side: Number(cells.Size) > 0 ? "long" as const : "short" as const,
    amount: Math.abs(Number(cells.Size)),
    entryRow: Number(cells.EntryBar),
    entryPrice: Number(cells.EntryPrice),
    exitRow: Number(cells.ExitBar),
    exitPrice: Number(cells.ExitPrice),
    fees: Number(cells.Commission),
    pnl: Number(cells.PnL),
    return: cellNumber(cells.ReturnPct),
  }));
  const rows = withEquity ? csvRows(text(`${market}_${name}_equity`)) : [];
  return { trades, equity: Float64Array.from(rows, (cells) => Number(cells.Equity)) };
}

/**
 * Where the sums of `fast` closes rise above and fall below those of `slow`, in whole ticks, as its
 * `crossover` sees it: strictly on both rows, so that a cross with a tie between is none.
 */
export function strictCrosses(ticks: number[], fast: number, slow: number) {
  const sum = (end: number, window: number) =>
    ticks.slice(end - window, end).reduce((sum, tick) => sum + tick, 0);
  const side = ticks.map((_, i) =>
    i + 1 < slow ? NaN : Math.sign(sum(i + 1, fast) * slow - sum(i + 1, slow) * fast)
  );
  const cross = (to: number) => side.map((now, i) => now === to && side[i - 1] === -to ? 1 : 0);
  return { up: cross(1), down: cross(-1) };
}
