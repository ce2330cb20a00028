import type { Candles } from "../market/candles.ts";
import type { Timeframe } from "../market/timeframe.ts";
import type { Decision, PerformanceRow } from "../ports/store.ts";
import { type Asked, decideCandles } from "../run/decide_candles.ts";
import type { Run } from "../run/run.ts";
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
  const { candles: acted, curve, ...told } = decideCandles(run, candles, asked);
  const { time } = acted;
  const kept = recordedRows({ time, cash: curve.cash, before }, timeframe, candles.timeframe);
  const performance = kept.map((row): PerformanceRow => ({
    time: time[row],
    equity: curve.equity[row],
    cash: curve.cash[row],
    position: curve.position[row],
    drawdown: curve.drawdown[row],
  }));
  const maxDrawdown = curve.drawdown.reduce((worst, one) => Math.min(worst, one), 0);
  return { ...told, performance, candles: time.length, maxDrawdown };
}
