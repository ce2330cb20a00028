import { Account } from "../../account/account.ts";
import { checkTogether } from "../../account/check_together.ts";
import { emptyCurve } from "../../account/equity_curve.ts";
import type { Ledger } from "../../account/ledger.ts";
import type { AccountSettings } from "../../account/settings.ts";
import type { Signals } from "../../account/signals.ts";
import type { Candles } from "../../market/candles.ts";
import { openTime, type Timeframe } from "../../market/timeframe.ts";
import type { MetricsSettings } from "../../metrics/settings.ts";
import { checkShorts } from "../../run/run.ts";
import { CONDITIONS, decisionExpressions, signalsOf } from "../../run/signals_of.ts";
import type { ParameterValues } from "../../series/scalars.ts";
import { SharedPlan } from "../../series/shared_plan.ts";
import { stopValues } from "../../strategy/stop_values.ts";
import type { Strategy } from "../../strategy/strategy.ts";
import type { SweepNumbers } from "./numbers.ts";
import { PeriodRows, Tally } from "./tally.ts";

/** What all sets of a sweep have in common. */
export interface SweepSpec {
  strategy: Strategy;
  account: AccountSettings;
  /** The strategy's; the candles' own, unless they are shorter. */
  timeframe: Timeframe;
  /** The account acts on no candle that opens before this time (UTC milliseconds). */
  start?: number;
  settings: MetricsSettings;
}

/** One set at work. */
interface Lane {
  account: Account;
  signals: Signals;
  ledger: Ledger;
  tally: Tally;
}

/**
 * The numbers of some sets of parameters, each those of a backtest of it. The sets take the candles
 * together, chunk by chunk, so that what they have in common is computed once and memory does not grow
 * with the rows.
 */
export function runBatch(
  spec: SweepSpec,
  sets: readonly ParameterValues[],
  candles: Candles,
): SweepNumbers[] {
  const { strategy, account, timeframe } = spec, base = candles.timeframe;
  checkShorts(strategy, account);
  checkTogether(account, strategy);
  const expressions = decisionExpressions(strategy, base !== timeframe);
  const clocks = { timeframe, base, once: CONDITIONS };
  const plan = new SharedPlan(expressions, sets, { ...clocks, decimals: candles.decimals });
  const first = firstActed(candles, spec.start);
  const periods = new PeriodRows(candles.slice(first, candles.length), spec.settings);
  const lanes = sets.map((parameters, set): Lane => {
    const tally = new Tally(account.balance, periods);
    return {
      account: new Account(account, stopValues(strategy.stops, parameters), base),
      signals: signalsOf(expressions, {
        column: (name) => plan.column(set, name),
        constant: (value) => plan.constant(value),
        closes: plan.closes(set),
      }),
      ledger: { signal() {}, refuse() {}, fill() {}, trade: () => tally.trades++ },
      tally,
    };
  });
  const curve = emptyCurve(plan.chunk);
  for (let from = 0; from < candles.length; from += plan.chunk) {
    const to = Math.min(from + plan.chunk, candles.length), begin = Math.max(from, first);
    plan.advance(candles, from, to);
    const ended = periods.upTo(to - first), row = plan.begin + begin - from;
    for (let set = 0; set < lanes.length; set++) {
      plan.select(set);
      if (begin >= to) continue;
      const { account, signals, ledger, tally } = lanes[set];
      account.advance(candles, begin, to, signals, row, curve, 0, ledger);
      tally.take(curve, begin - first, to - begin, ended);
    }
  }
  return lanes.map(({ tally }) => tally.numbers());
}

function firstActed(candles: Candles, start = -Infinity): number {
  let first = 0;
  while (first < candles.length && openTime(candles.time[first], candles.timeframe) < start) first++;
  return first;
}
