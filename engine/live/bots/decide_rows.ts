import type { Candles } from "../../market/candles.ts";
import type { Timeframe } from "../../market/timeframe.ts";
import type { Decision, PerformanceRow } from "../../ports/store.ts";
import { type Asked, decideCandles } from "../../run/decide_candles.ts";
import type { Run } from "../../run/run.ts";
import { recordedRows } from "./recorded_rows.ts";

/** What of a decision is rows and counts: all that follows from the candles. */
export type DecidedRows = Pick<
  Decision,
  "signals" | "refusals" | "fills" | "trades" | "performance" | "candles" | "maxDrawdown"
>;

/**
 * Gives a bot's run candles; returns what of that is kept. `timeframe` is the strategy's, `asked` what
 * people asked of it.
 */
export function decideRows(
  run: Run,
  candles: Candles,
  timeframe: Timeframe,
  asked: readonly Asked[] = [],
): DecidedRows {
  const before = run.account.state.cash;
  const { candles: { time }, curve, ...told } = decideCandles(run.driver, candles, { asked });
  const { equity, cash, position, drawdown } = curve, { signals, refusals, fills, trades } = told;
  const kept = recordedRows({ time, cash, before }, timeframe, candles.timeframe);
  return {
    signals: signals.rows,
    refusals: refusals.rows,
    fills: fills.rows,
    trades: trades.rows,
    performance: kept.map((row): PerformanceRow => ({
      time: time[row],
      equity: equity[row],
      cash: cash[row],
      position: position[row],
      drawdown: drawdown[row],
    })),
    candles: time.length,
    maxDrawdown: drawdown.reduce((worst, one) => Math.min(worst, one), 0),
  };
}
