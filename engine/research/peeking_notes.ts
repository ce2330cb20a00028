import { nominalLength } from "../market/timeframe.ts";
import type { Performance } from "../metrics/performance.ts";
import { periodEquity } from "../metrics/period_equity.ts";
import { periodReturns } from "../metrics/period_returns.ts";
import { metricsSettings } from "../metrics/settings.ts";
import { sharpe } from "../metrics/sharpe.ts";

/** A Sharpe ratio a year that nobody has over so long. */
const ABSURD = 10, LONG = 30 * nominalLength("1d");

/**
 * Doubts signals that were computed by hand, which nothing can check for looking ahead, where what came
 * of them is absurd: a Sharpe ratio a year, of days, above 10 over 30 days or more.
 */
export function peekingNotes(performance: Performance): string[] {
  const { rows: { time }, initialBalance } = performance, settings = metricsSettings();
  if (!(time[time.length - 1] - time[0] >= LONG)) return [];
  const returns = periodReturns(initialBalance, periodEquity(performance, settings.period));
  const ratio = sharpe(returns, settings);
  if (!(ratio > ABSURD)) return [];
  return [
    `too good to be true: a Sharpe ratio of ${
      ratio.toFixed(0)
    }. Do the signals know the next candle? ` +
    "See notebooks/03_your_own_signals.ipynb",
  ];
}
