import { InputError } from "../market/errors.ts";
import { withFunding } from "../market/funding.ts";
import { iso } from "../market/checks.ts";
import { nominalLength, openTime } from "../market/timeframe.ts";
import { metricsSettings } from "../metrics/settings.ts";
import { sharpe } from "../metrics/sharpe.ts";
import { periodEquity } from "../metrics/period_equity.ts";
import { periodReturns } from "../metrics/period_returns.ts";
import { backtest } from "../research/backtest.ts";
import { beside } from "../research/beside.ts";
import { candlesOf, type CandleSource } from "../research/candle_source.ts";
import type { Result } from "../research/result.ts";
import type { ParameterValues } from "../series/scalars.ts";
import { rateOf, stillWorse } from "../account/pricing.ts";
import { allSettings, DEFAULT_ACCOUNT } from "../account/settings.ts";
import type { Strategy } from "../strategy/strategy.ts";
import { sweep, type SweepOptions, type Tried } from "./sweep.ts";

/** What a walk forward says of its sweeps itself. */
type Own = "start" | "saved" | "progress" | "keep";

/** What a walk forward may be told, besides what each of its sweeps is. */
export interface WalkForwardOptions extends Omit<SweepOptions, Own> {
  /** Days over which parameters are chosen, and the days behind them over which the choice is tried. */
  train: number;
  test: number;
  /** Whether the days of training begin with the candles each time, instead of moving along. */
  anchored?: boolean;
  /** Days between training and test that are left out, so that neither sees the other's trades; 0 unless given. */
  gap?: number;
  /** Told how many folds are through, of how many. */
  progress?: (done: number, all: number) => void;
}

/** One step of a walk forward. Times are UTC milliseconds, ratios are a year's. */
export interface Fold {
  trainFrom: number;
  trainTo: number;
  testFrom: number;
  testTo: number;
  /** What was chosen, and the Sharpe ratio that it had over the days of training. */
  params: ParameterValues;
  trained: number;
  /** What came of it over the days behind them. */
  totalReturn: number;
  sharpe: number;
  maxDrawdown: number;
  trades: number;
  result: Result;
}

/** A strategy whose parameters were chosen again and again by what was known then. */
export interface WalkForward {
  folds: readonly Fold[];
  /** What all tests together returned, each going on with the money of the one before. */
  totalReturn: number;
  /** Sharpe ratio, a year, of the days of all tests. */
  sharpe: number;
  /** That, as a part of what training showed on average: NaN where that is not above 0. */
  efficiency: number;
}

const DAY = nominalLength("1d");

/**
 * Walks forward: chooses the set with the best rank over some days, trades it over the days behind them, and
 * moves on, so that every test is of a choice that was made before. What a test leaves open is closed at its last
 * close, and paid for, since the next one begins flat. Kernels see all candles before, so that
 * indicators are warm. Throws an `InputError` for spans that the candles do not hold.
 */
export async function walkForward(
  strategy: Strategy,
  source: CandleSource,
  sets: Tried,
  options: WalkForwardOptions,
): Promise<WalkForward> {
  const { train, test, anchored = false, gap = 0, progress = () => {}, ...asked } = options;
  const { funding, instruments, ...sweeping } = asked;
  const own = candlesOf(source, "walkForward(strategy, candles, { … }, { train, test })");
  const candles = beside(strategy, funding ? withFunding(own, funding) : own, instruments);
  // Whole UTC days: returns are a day's, and no day is to count in two tests.
  const begin = Math.ceil(openTime(candles.time[0], candles.timeframe) / DAY) * DAY;
  const end = candles.time[candles.length - 1];
  const spans = spansOf({ begin, end, train, test, gap, anchored });
  const settings = metricsSettings(options.metrics), folds: Fold[] = [], returns: number[] = [];
  let balance = options.account?.balance ?? DEFAULT_ACCOUNT.balance;
  const initial = balance;
  for (const span of spans) {
    const { trainFrom, trainTo, testFrom, testTo } = span;
    const found = await sweep(strategy, candles.between(-Infinity, trainTo), sets, {
      ...sweeping,
      start: trainFrom,
      keep: 1,
    });
    const params = found.parameters(), { account, timeframe } = options;
    const result = backtest(strategy, candles.between(-Infinity, testTo), {
      params,
      account: { ...account, balance },
      start: testFrom,
      ...(timeframe !== undefined && { timeframe }),
    });
    result.trials = found.length;
    const end = balanceBehind(result), ends = periodEquity(result.performance, settings.period);
    ends[ends.length - 1] = end;
    const { sharpe, maxDrawdown, trades } = result.summary(options.metrics);
    const totalReturn = end / balance - 1, trained = found.best[0].sharpe;
    folds.push({ ...span, params, trained, totalReturn, sharpe, maxDrawdown, trades, result });
    returns.push(...periodReturns(balance, ends));
    balance = end;
    progress(folds.length, spans.length);
    if (balance <= 0) break;
  }
  const all = sharpe(Float64Array.from(returns), settings);
  const trained = folds.reduce((sum, fold) => sum + fold.trained, 0) / folds.length;
  return {
    folds,
    totalReturn: balance / initial - 1,
    sharpe: all,
    efficiency: trained > 0 ? all / trained : NaN,
  };
}

/** The money with which the next test begins: what a position is worth at the last close, its exit paid. */
function balanceBehind({ account, candles, open, equity }: Result): number {
  const worth = equity.column("equity")[candles.length - 1], settings = allSettings(account);
  if (open === undefined) return worth;
  const notional = open.amount * candles.close[candles.length - 1];
  return worth - notional * (stillWorse(settings) + rateOf(settings, "taker")) - settings.fixedFee;
}

interface Spans {
  begin: number;
  end: number;
  train: number;
  test: number;
  gap: number;
  anchored: boolean;
}

function spansOf({ begin, end, train, test, gap, anchored }: Spans) {
  for (
    const [name, days, least] of [["train", train, 1], ["test", test, 1], ["gap", gap, 0]] as const
  ) {
    if (!(days >= least && days < Infinity)) {
      throw new InputError(
        `Cannot walk forward: ${name} is ${days}, but must be days, ${least} or more`,
      );
    }
  }
  const spans: Pick<Fold, "trainFrom" | "trainTo" | "testFrom" | "testTo">[] = [];
  for (let trainTo = begin + train * DAY;; trainTo += test * DAY) {
    const testFrom = trainTo + gap * DAY, testTo = Math.min(testFrom + test * DAY, end);
    // A last test that is shorter than half tells little.
    if (testTo - testFrom < test * DAY / 2) break;
    spans.push({ trainFrom: anchored ? begin : trainTo - train * DAY, trainTo, testFrom, testTo });
  }
  if (spans.length > 0) return spans;
  throw new InputError(
    `Cannot walk forward: ${train} days of training and ${test} of test do not fit between ` +
      `${iso(begin)} and ${iso(end)}`,
  );
}
