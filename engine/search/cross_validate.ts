import { endedBy } from "../account/carried.ts";
import { checkOptions } from "../market/check_options.ts";
import { InputError } from "../market/errors.ts";
import { withFunding } from "../market/funding.ts";
import { type MetricsOptions, type MetricsSettings, metricsSettings } from "../metrics/settings.ts";
import { periodEnds } from "../metrics/period_ends.ts";
import { periodEquity } from "../metrics/period_equity.ts";
import { periodReturns } from "../metrics/period_returns.ts";
import { type BacktestOptions, carriedBacktest } from "../research/backtest.ts";
import { beside } from "../research/beside.ts";
import { candlesOf, type CandleSource } from "../research/candle_source.ts";
import type { CrossValidation } from "../research/cross_validation/cross_validation.ts";
import { heldSpans } from "../research/cross_validation/held_spans.ts";
import { splitsOf } from "../research/cross_validation/splits.ts";
import { validatedPaths, type ValidatedSet } from "../research/cross_validation/validated_paths.ts";
import type { Where } from "../research/sweep/where.ts";
import type { Result } from "../research/result.ts";
import type { Strategy } from "../strategy/strategy.ts";
import type { TrialLedger } from "../ports/trial_ledger.ts";
import { sharpe } from "../metrics/sharpe.ts";
import { letOthersRun } from "./let_others_run.ts";
import { setsOf, specOf } from "./sweep.ts";
import type { Tried } from "./sweep_options.ts";
import { checkLedger, countTrials } from "./trials/count_trials.ts";
import { standingLedger } from "./trials/standing_ledger.ts";

/** What a cross-validation may be told, besides what each of its backtests is. */
export interface CrossValidateOptions
  extends Pick<BacktestOptions, "account" | "timeframe" | "start" | "funding" | "instruments"> {
  /** Into how many groups of periods the time is cut, one behind the other: 10 unless given. */
  groups?: number;
  /**
   * How many of them are tested at a time: 2 unless given; 1 is purged cross-validation without
   * combinations.
   */
  tested?: number;
  /** What part of all periods is left out of training behind each test: 0.01 unless given. */
  embargo?: number;
  /** How returns are measured: daily, 365 a year, unless given. */
  metrics?: MetricsOptions;
  /** Which sets are tried, besides what the strategy says; of values to try. */
  where?: Where;
  /** Where what was tried is counted, as in a sweep. */
  ledger?: TrialLedger;
  /** Told how many sets are through, of how many. */
  progress?: (done: number, all: number) => void;
  /** What ends it: it throws the signal's reason. */
  signal?: AbortSignal;
}

const KNOWN = ["account", "timeframe", "start", "funding", "instruments", "groups", "tested"];

const WATCHED = ["progress", "signal"];

/**
 * Cross-validates a search by combinations (CPCV): the time is cut into groups; for every choice of
 * test groups the set that is best in all others is tried in them, and the tests make paths through all
 * of the time. Where a trade reaches from training into a test, the periods that it was open in are
 * left out of training (purging), and so are some behind each test (embargo). The result is a
 * distribution of out-of-sample Sharpe ratios instead of one. Training lies behind tests as well as
 * before them: this says how well a choice holds, and is no record that anybody could have had;
 * `walkForward` is. Each set is one account over all of the time: where `maxDrawdown` or
 * `maxLossesInRow` ended its trading, little of it is tested, which `notes` say. Throws an `InputError` for groups that cannot be.
 *
 * Source: M. López de Prado, "Advances in Financial Machine Learning", 2018, chapters 7 and 12.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { readCandlesCsv } from "../market/candles_csv.ts";
 * import smaCross from "../../strategies/sma_cross.ts";
 *
 * const candles = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 24 * 120);
 * const space = { fast: [5, 10], slow: [20, 40] };
 * const found = await crossValidate(smaCross, candles, space, { groups: 6, tested: 2 });
 * assert.equal(found.splits.length, 15);
 * assert.equal(found.sharpes.length, 5);
 * ```
 */
export async function crossValidate(
  strategy: Strategy,
  source: CandleSource,
  sets: Tried,
  options: CrossValidateOptions = {},
): Promise<CrossValidation> {
  checkOptions(
    options,
    [...KNOWN, "embargo", "metrics", "ledger", "where", ...WATCHED],
    "crossValidate",
  );
  const { groups = 10, tested = 2, embargo = 0.01, metrics, progress, signal, where, ...asked } =
    options;
  const { ledger = await standingLedger()?.(), funding, instruments, ...running } = asked;
  await checkLedger(ledger);
  const all = setsOf(strategy, sets, where);
  splitsOf(groups, tested); // refuses what cannot be before anything is run
  if (!(embargo >= 0 && embargo < 1)) {
    throw new InputError(`embargo is ${embargo}, but must be a fraction, 0 or more and below 1`);
  }
  const own = candlesOf(source, "crossValidate(strategy, candles, { … })");
  const candles = beside(strategy, funding ? withFunding(own, funding) : own, instruments);
  const settings = metricsSettings(metrics), ran: ValidatedSet[] = [];
  const ended: ReturnType<typeof endedBy>[] = [];
  let time: Float64Array = new Float64Array(0);
  for (let set = 0; set < all.length; set++) {
    const params = all.at(set), run = carriedBacktest(strategy, candles, { ...running, params });
    const { result, carried } = run;
    ended.push(endedBy(result.account, carried));
    time = periodEnds(result.candles, settings.period);
    ran.push({ params, ...returnsOf(result, time, settings) });
    progress?.(set + 1, all.length);
    await letOthersRun();
    if (signal?.aborted) break;
  }
  const tried = { names: all.names, length: ran.length, at: (set: number) => all.at(set) };
  const trial = { candles, sets: tried, ratios: ratiosOf(ran, settings) };
  const spec = specOf(strategy, candles, { ...running, metrics });
  await countTrials(spec, "cross-validation", [trial], ledger);
  signal?.throwIfAborted();
  const kept = Math.floor(embargo * time.length);
  return validatedPaths(ran, time, { groups, tested, embargo: kept }, settings, endedNotes(ended));
}

/** Says that sets are hardly tested, where a protection of the account ended all their trading. */
function endedNotes(ended: readonly ReturnType<typeof endedBy>[]): string[] {
  return (["maxDrawdown", "maxLossesInRow"] as const).flatMap((name) => {
    const count = ended.filter((by) => by === name).length;
    if (count === 0) return [];
    return [
      `account.${name} ended all trading of ${count} of ${ended.length} sets, which did nothing from then on: ` +
      "groups behind that say nothing of them. Leave it out to compare sets",
    ];
  });
}

/** The returns of a set, period by period, and how far each reaches; behind ruin they are 0. */
function returnsOf(
  { performance, trades, open }: Result,
  time: Float64Array,
  { period }: MetricsSettings,
): Pick<ValidatedSet, "returns" | "spans"> {
  const returns = new Float64Array(time.length);
  returns.set(periodReturns(performance.initialBalance, periodEquity(performance, period)));
  const still = open === undefined ? [] : [{ entryTime: open.entryTime, exitTime: Infinity }];
  return { returns, spans: heldSpans([...trades.rows, ...still], time) };
}

function ratiosOf(sets: readonly ValidatedSet[], settings: MetricsSettings): Float64Array {
  return Float64Array.from(sets, ({ returns }) => sharpe(returns, settings));
}
