import { InputError } from "../market/errors.ts";
import { benchmarkReturns } from "../metrics/benchmark_returns.ts";
import type { Performance } from "../metrics/performance.ts";
import { periodEnds } from "../metrics/period_ends.ts";
import { periodEquity } from "../metrics/period_equity.ts";
import { periodReturns } from "../metrics/period_returns.ts";
import { rollingSharpe } from "../metrics/rolling_sharpe.ts";
import { rollingVolatility } from "../metrics/rolling_volatility.ts";
import { metricsSettings } from "../metrics/settings.ts";
import { Columns } from "./table.ts";

/** What `result.rolling()` gives, one row a UTC day. */
export type RollingColumn =
  | "time"
  | "sharpe"
  | "volatility"
  | "buyAndHoldSharpe"
  | "buyAndHoldVolatility";

/** By itself a window has so many days, but never more than a third of those that there are. */
const DAYS = 90, SHARE = 3, LEAST = 5;

/**
 * How many days each value is measured over. Throws an `InputError` for what is no whole number of 2 or
 * more, and for more days than there are.
 */
export function rollingWindow(
  rows: Performance["rows"],
  window: number | undefined,
): number {
  const days = periodEnds(rows, "1d").length;
  const taken = window ?? Math.min(DAYS, Math.max(LEAST, Math.floor(days / SHARE)));
  if (!(Number.isInteger(taken) && taken >= 2)) {
    throw new InputError(
      `Cannot measure over ${taken} days: window must be a whole number of 2 or more`,
    );
  }
  if (taken <= days) return taken;
  throw new InputError(
    `Cannot measure over ${taken} days: the candles have ${days} UTC ${
      days === 1 ? "day" : "days"
    }`,
  );
}

/**
 * Sharpe ratio and volatility, both a year, of the last `window` daily returns, and those of buying and
 * holding; NaN before there are enough days. `time` is the end of each day.
 */
export function rollingRatios(
  performance: Performance,
  window: number,
): Columns<RollingColumn> {
  const settings = metricsSettings(), { rows, initialBalance } = performance;
  const own = periodReturns(initialBalance, periodEquity(performance, settings.period));
  // Where equity was lost there are fewer days of it.
  const held = benchmarkReturns(performance, settings.period).slice(0, own.length);
  return new Columns({
    time: periodEnds(rows, settings.period).slice(0, own.length),
    sharpe: rollingSharpe(own, window, settings),
    volatility: rollingVolatility(own, window, settings),
    buyAndHoldSharpe: rollingSharpe(held, window, settings),
    buyAndHoldVolatility: rollingVolatility(held, window, settings),
  });
}
