import { Account } from "../../account/account.ts";
import { checkSettings } from "../../account/check_settings.ts";
import { checkTogether } from "../../account/check_together.ts";
import { type AccountSettings, allSettings } from "../../account/settings.ts";
import type { Candles } from "../../market/candles.ts";
import { openTime, type Timeframe } from "../../market/timeframe.ts";
import type { MetricsSettings } from "../../metrics/settings.ts";
import { checkShorts } from "../../run/run.ts";
import { CONDITIONS, decisionExpressions, signalName, signalsOf } from "../../run/signals_of.ts";
import type { ParameterValues } from "../../series/scalars.ts";
import { SharedPlan } from "../../series/shared_plan.ts";
import { stopValues } from "../../strategy/stop_values.ts";
import type { Strategy } from "../../strategy/strategy.ts";
import { AccountLane } from "./account_lane.ts";
import { Periods } from "./periods.ts";
import { isPlain, PlainLane } from "./plain_lane.ts";
import { type Lane, Span } from "./span.ts";
import { Tally } from "./tally.ts";

/** What all sets of a sweep have in common. */
export interface SweepSpec {
  strategy: Strategy;
  account: AccountSettings;
  /** The strategy's; the candles' own, unless they are shorter. */
  timeframe: Timeframe;
  /** The account acts on no candle that opens before this time (UTC milliseconds). */
  start?: number;
  settings: MetricsSettings;
  /** Whether the returns of each set are wanted, even where each candle has one. */
  keepsReturns?: boolean;
}

/**
 * What some sets of parameters come to, each what a backtest of it does. The sets take the candles
 * together, chunk by chunk, so that what they have in common is computed once and memory does not grow
 * with the rows.
 */
export function runBatch(
  spec: SweepSpec,
  sets: readonly ParameterValues[],
  candles: Candles,
): Tally[] {
  const first = firstActed(candles, spec.start), before = candles.slice(0, first);
  const acted = candles.slice(first, candles.length),
    periods = new Periods(acted, spec.settings, spec.keepsReturns);
  const tallies = sets.map(() => new Tally(spec.account.balance, periods));
  const { plan, lanes } = lanesOf(spec, sets, candles, tallies);
  const span = new Span(acted, periods, plan.chunk, sets.length);
  eachChunk(plan, before, () => lanes.forEach((_, set) => plan.skip(set)));
  eachChunk(plan, acted, (from, to) => {
    span.move(from, to, plan.begin);
    lanes.forEach((lane, set) => {
      plan.select(set);
      lane.take(span);
    });
  });
  return tallies;
}

/** Has the plan take all candles, and calls `take` for each chunk when its columns are there. */
function eachChunk(
  plan: SharedPlan,
  candles: Candles,
  take: (from: number, to: number) => void,
): void {
  for (let from = 0; from < candles.length; from += plan.chunk) {
    const to = Math.min(from + plan.chunk, candles.length);
    plan.advance(candles, from, to);
    take(from, to);
  }
}

/** Whether the accounts of a sweep go from order to order, instead of from row to row. */
export function isQuick({ strategy, account }: SweepSpec, { funding }: Candles): boolean {
  return funding === undefined && isPlain(strategy, allSettings(account));
}

function lanesOf(
  spec: SweepSpec,
  sets: readonly ParameterValues[],
  candles: Candles,
  tallies: readonly Tally[],
): { plan: SharedPlan; lanes: Lane[] } {
  const { strategy, account, timeframe } = spec, { timeframe: base, decimals } = candles;
  checkShorts(strategy, account);
  checkTogether(account, strategy);
  for (const parameters of sets) checkSettings(account, stopValues(strategy.stops, parameters));
  const isPlainLane = isQuick(spec, candles);
  const expressions = decisionExpressions(strategy, base !== timeframe);
  const fires = isPlainLane ? [signalName("enterLong"), signalName("exitLong")] : [];
  const wanted = isPlainLane ? pick(expressions, fires) : expressions;
  const plan = new SharedPlan(wanted, sets, { timeframe, base, once: CONDITIONS, decimals, fires });
  const lanes = sets.map((parameters, set): Lane => {
    const tally = tallies[set];
    if (isPlainLane) {
      const [enters, exits] = fires.map((name) => plan.firing(set, name));
      return new PlainLane(allSettings(account), enters, exits, tally);
    }
    const signals = signalsOf(expressions, {
      column: (name) => plan.column(set, name),
      constant: (value) => plan.constant(value),
      closes: plan.closes(set),
    });
    const stops = stopValues(strategy.stops, parameters);
    return new AccountLane(new Account(account, stops, base), signals, tally);
  });
  return { plan, lanes };
}

function pick<T>(all: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}

/** The first candle on which the account acts. */
export function firstActed(candles: Candles, start = -Infinity): number {
  let first = 0;
  while (first < candles.length && openTime(candles.time[first], candles.timeframe) < start) {
    first++;
  }
  return first;
}
