import type { ClosedTrade, OpenTrade } from "../../engine/account/ledger.ts";
import type { Candles } from "../../engine/market/candles.ts";
import { backtestSignals } from "../../engine/research/backtest_signals.ts";
import { Result } from "../../engine/research/result.ts";
import { Table } from "../../engine/research/table.ts";

/** A closed trade from the close of one candle to that of another, at their prices. */
export function tradeOf(
  { time, close }: Candles,
  [entry, exit]: readonly [number, number],
  changes: Partial<ClosedTrade> = {},
): ClosedTrade {
  return {
    side: "long",
    entryTime: time[entry],
    entryPrice: close[entry],
    exitTime: time[exit],
    exitPrice: close[exit],
    amount: 1,
    fees: 0,
    slippage: 0,
    funding: 0,
    pnl: close[exit] - close[entry],
    return: close[exit] / close[entry] - 1,
    reason: "signal",
    ...changes,
  };
}

/** A result over candles with just these trades, whatever they would have earned. */
export function withTrades(
  candles: Candles,
  trades: readonly ClosedTrade[],
  open?: OpenTrade,
): Result {
  const never = Array(candles.length).fill(false);
  const result = backtestSignals(candles, { entries: never, exits: never });
  return Object.assign(Object.create(Result.prototype), result, {
    trades: new Table(trades),
    open,
  });
}
