import { InputError } from "../market/errors.ts";
import type { Candles } from "../market/candles.ts";
import { withFunding } from "../market/funding.ts";
import { openTime } from "../market/timeframe.ts";
import { type MetricsSettings, metricsSettings } from "../metrics/settings.ts";
import { periodEquity } from "../metrics/period_equity.ts";
import { periodReturns } from "../metrics/period_returns.ts";
import { sharpe } from "../metrics/sharpe.ts";
import { type CarriedBacktest, carriedBacktest } from "../research/backtest.ts";
import { beside } from "../research/beside.ts";
import { candlesOf, type CandleSource } from "../research/candle_source.ts";
import { drawnAlong } from "../research/monte_carlo/drawing.ts";
import { triedCount } from "../research/sweep/counted_trials.ts";
import type { SweepResult } from "../research/sweep/sweep_result.ts";
import type { Carried } from "../account/carried.ts";
import { DEFAULT_ACCOUNT } from "../account/settings.ts";
import type { Strategy } from "../strategy/strategy.ts";
import { keptProcessors } from "./kept_processors.ts";
import { sweep } from "./sweep.ts";
import type { SweepOptions, Tried } from "./sweep_options.ts";
import {
  WalkForward,
  type WalkForwardParts,
  type WalkForwardWindow,
} from "./walk_forward_result.ts";
import { walkForwardNotes } from "./walk_forward_notes.ts";
import { DAY, walkForwardSpans, type WindowSpan } from "./walk_forward_spans.ts";

/** What a walk forward says of its sweeps itself. */
const OWN = ["start", "saved", "keep"] as const;
type Own = typeof OWN[number] | "progress";

/** What a walk forward may be told, besides what each of its sweeps is. */
export interface WalkForwardOptions extends Omit<SweepOptions, Own> {
  /** Days over which parameters are chosen, and the days behind them over which the choice is tried. */
  train: number;
  test: number;
  /** Whether the days of training begin with the candles each time, instead of moving along. */
  anchored?: boolean;
  /**
   * Days between training and test that are left out, so that neither sees the other's trades; 0 unless
   * given.
   */
  gap?: number;
  /** Told how many windows are through, of how many. */
  progress?: (done: number, all: number) => void;
}

/** A test, its equity behind each candle, and what its account's protections remember behind it. */
interface Tested {
  fold: WalkForwardWindow;
  equity: Float64Array;
  carried: Carried;
}

/**
 * Walks forward: chooses the set with the best rank over some days, trades it over the days behind
 * them, and moves on, so that every test is of a choice that was made before. What a test leaves open
 * is closed at its last close, and paid for, since the next one begins flat. All tests are one account:
 * each goes on with the money of the one before, and with what its protections remember (peak, losses
 * in a row, cooldown), so that nothing is traded any more once `maxDrawdown` or `maxLossesInRow` has
 * ended all trading; `notes` say so. In training every set is an account of its own. Kernels see all
 * candles before, so that indicators are warm. Throws an `InputError` for spans that the candles do not
 * hold.
 *
 * Source: R. Pardo, "The Evaluation and Optimization of Trading Strategies", 2nd edition, 2008, ch. 11.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { readCandlesCsv } from "../market/candles_csv.ts";
 * import smaCross from "../../strategies/sma_cross.ts";
 *
 * const candles = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 24 * 100);
 * const space = { fast: [5, 10], slow: [20, 40] };
 * const walked = await walkForward(smaCross, candles, space, { train: 40, test: 20 });
 * assert.equal(walked.folds.length, 3); // 40 + 20, and twice 20 more
 * const grown = walked.folds.reduce((product, fold) => product * (1 + fold.totalReturn), 1);
 * assert(Math.abs(walked.totalReturn - (grown - 1)) < 1e-12);
 * ```
 */
export async function walkForward(
  strategy: Strategy,
  source: CandleSource,
  sets: Tried,
  options: WalkForwardOptions,
): Promise<WalkForward> {
  const { train, test, anchored = false, gap = 0, progress = () => {}, ...asked } = options;
  const { funding, instruments, ...sweeping } = asked;
  for (const name of OWN) if (name in sweeping) throw itsOwn(name);
  const own = candlesOf(source, "walkForward(strategy, candles, { … }, { train, test })");
  const candles = beside(strategy, funding ? withFunding(own, funding) : own, instruments);
  if (candles.length === 0) throw new InputError("Cannot walk forward over no candles at all");
  // Whole UTC days: returns are a day's, and no day is to count in two tests.
  const begin = Math.ceil(openTime(candles.time[0], candles.timeframe) / DAY) * DAY;
  const end = candles.time[candles.length - 1];
  const spans = walkForwardSpans({ begin, end, train, test, gap, anchored });
  const settings = metricsSettings(options.metrics), tests: Tested[] = [];
  const initial = options.account?.balance ?? DEFAULT_ACCOUNT.balance;
  const kept = keptProcessors(), each = { processors: kept, ...sweeping };
  try {
    for (let balance = initial; tests.length < spans.length && balance > 0;) {
      const span = spans[tests.length], found = await chosen(strategy, candles, sets, span, each);
      const account = { ...sweeping.account, balance };
      const run = tried(found, candles, span, { ...sweeping, account }, tests.at(-1)?.carried);
      tests.push(testedBy(found, run, span, settings));
      balance = tests.at(-1)!.equity.at(-1)!;
      progress(tests.length, spans.length);
    }
  } finally {
    kept.end();
  }
  const notes = walkForwardNotes(tests, spans, { end, test });
  return new WalkForward({ ...joined(tests, initial, settings), notes });
}

/** Notebooks check no types. */
function itsOwn(name: string): InputError {
  return new InputError(`walkForward sets ${name} itself, for each of its windows: leave it out`);
}

/** Searches over the days of training. */
function chosen(
  strategy: Strategy,
  candles: Candles,
  sets: Tried,
  { trainFrom, trainTo }: WindowSpan,
  sweeping: SweepOptions,
): Promise<SweepResult> {
  const known = candles.between(-Infinity, trainTo);
  return sweep(strategy, known, sets, { ...sweeping, start: trainFrom, keep: 1 });
}

/** Trades what was found over the days of the test. */
function tried(
  found: SweepResult,
  candles: Candles,
  { testFrom, testTo }: WindowSpan,
  { account, timeframe }: SweepOptions,
  before: Carried | undefined,
): CarriedBacktest {
  const run = carriedBacktest(found.strategy, candles.between(-Infinity, testTo), {
    params: found.parameters(),
    account,
    start: testFrom,
    ...(timeframe !== undefined && { timeframe }),
  }, before);
  run.result.trials = triedCount(found.counted);
  return run;
}

/** Measures a test, what it left open being closed. */
function testedBy(
  found: SweepResult,
  { result, carried }: CarriedBacktest,
  span: WindowSpan,
  settings: MetricsSettings,
): Tested {
  const { performance, account: { balance } } = result, last = performance.equity.length - 1;
  const equity = performance.equity.slice();
  equity[last] = result.closedEquity;
  const { rows, initialBalance } = performance;
  const ends = periodEquity({ rows, initialBalance, equity }, settings.period);
  const returns = periodReturns(balance, ends), { maxDrawdown } = drawnAlong(balance, equity);
  const { totalReturn, sharpe: trained, maxDrawdown: fallen, trades } = found.best[0];
  const fold: WalkForwardWindow = {
    ...span,
    params: found.parameters(),
    inSample: { totalReturn, sharpe: trained, maxDrawdown: fallen, trades },
    trained,
    totalReturn: equity[last] / balance - 1,
    sharpe: sharpe(returns, settings),
    maxDrawdown,
    trades: result.trades.length,
    result,
  };
  return { fold, equity, carried };
}

/** All tests as one. */
function joined(
  tests: readonly Tested[],
  balance: number,
  settings: MetricsSettings,
): Omit<WalkForwardParts, "notes"> {
  const together = (of: (tested: Tested) => Float64Array) =>
    Float64Array.from(tests.flatMap((tested) => [...of(tested)]));
  const { timeframe } = tests[0].fold.result.candles;
  const time = together(({ fold }) => fold.result.candles.time);
  const equity = together(({ equity }) => equity);
  const rows = { time, timeframe, length: time.length };
  // Of all equity at once: a week or month that two tests share is one period.
  const ends = periodEquity({ rows, initialBalance: balance, equity }, settings.period);
  const returns = periodReturns(balance, ends);
  return { folds: tests.map(({ fold }) => fold), balance, time, equity, returns, settings };
}
