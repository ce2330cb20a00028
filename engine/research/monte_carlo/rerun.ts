import type { Candles } from "../../market/candles.ts";
import { InputError } from "../../market/errors.ts";
import { maxDrawdown } from "../../metrics/max_drawdown.ts";
import { periodEnds } from "../../metrics/period_ends.ts";
import { periodEquity } from "../../metrics/period_equity.ts";
import type { MetricsSettings } from "../../metrics/settings.ts";
import type { AccountSettings } from "../../account/settings.ts";
import type { RunSpec } from "../../run/run.ts";
import type { ParameterValues } from "../../series/scalars.ts";
import type { Strategy } from "../../strategy/strategy.ts";
import { backtest } from "../backtest.ts";
import type { Result } from "../result.ts";
import type { Drawing, Drawn } from "./drawing.ts";

/** What another run of the same is to have in the place of its own. */
export interface Otherwise {
  strategy?: Strategy;
  account?: Partial<AccountSettings>;
  params?: ParameterValues;
  candles?: Candles;
}

/**
 * The backtest of a result once more, with something otherwise. Throws an `InputError` for signals that
 * were computed by hand, which know neither strategy nor parameters, and for one instrument of a
 * portfolio.
 */
export function rerun(result: Result, otherwise: Otherwise = {}): Result {
  const { strategy, parameters, account, timeframe, decimals, start } = specOf(result);
  const { candles = result.seen } = otherwise;
  const longer = timeframe === candles.timeframe ? {} : { timeframe };
  return backtest(otherwise.strategy ?? strategy, candles, {
    params: otherwise.params ?? parameters,
    account: { ...account, ...otherwise.account },
    decimals,
    ...longer,
    ...(start !== undefined && { start }),
  });
}

/** What a result was run from. */
export function specOf({ spec, partOf }: Result): RunSpec {
  if (spec !== undefined && partOf === undefined) return spec;
  throw new InputError(
    spec === undefined
      ? "Signals that were computed by hand cannot be run otherwise: it takes a strategy's backtest"
      : "One instrument of a portfolio cannot be run otherwise by itself: backtest it alone",
  );
}

/** What a run came to, told at the ends of periods; its drawdown is that of every row. */
function drawnOf({ performance }: Result, { period }: MetricsSettings): Drawn {
  const { depth } = maxDrawdown(performance);
  return { equity: periodEquity(performance, period), maxDrawdown: depth };
}

/** A drawing of runs. */
export function drawnRuns(
  result: Result,
  settings: MetricsSettings,
  otherwise: (random: () => number) => Otherwise,
): Drawing {
  const { performance } = result;
  return {
    axis: periodEnds(performance.rows, settings.period),
    unit: "time",
    balance: performance.initialBalance,
    found: drawnOf(result, settings),
    draw: (random) => drawnOf(rerun(result, otherwise(random)), settings),
  };
}
