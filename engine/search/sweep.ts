import type { AccountSettings } from "../account/settings.ts";
import type { Candles } from "../market/candles.ts";
import { checkOptions } from "../market/check_options.ts";
import { describeValue } from "../market/describe_value.ts";
import { InputError } from "../market/errors.ts";
import { type FundingRates, withFunding } from "../market/funding.ts";
import { type Time, utcTime } from "../market/time.ts";
import { openTime, type Timeframe } from "../market/timeframe.ts";
import { type MetricsOptions, metricsSettings } from "../metrics/settings.ts";
import type { TrialLedger } from "../ports/trial_ledger.ts";
import { usesOwnOperators } from "../strategy/check_portable.ts";
import type { ParameterValues } from "../series/scalars.ts";
import { mayBeShort, Strategy } from "../strategy/strategy.ts";
import { writeRisk, writeStrategy } from "../strategy/strategy_json.ts";
import { accountSettings } from "../research/account_settings.ts";
import { beside, type InstrumentSources } from "../research/beside.ts";
import { candlesOf, type CandleSource } from "../research/candle_source.ts";
import { checkClocks } from "../research/check_clocks.ts";
import type { SweepSpec } from "../research/sweep/batch.ts";
import { SWEEP_NUMBERS, type SweepNumber } from "../research/sweep/numbers.ts";
import { onWorkers, type RunBatches } from "./on_workers.ts";
import { countTrials } from "./trials/count_trials.ts";
import { standingLedger } from "./trials/standing_ledger.ts";
import {
  gridSets,
  listSets,
  type ParameterSets,
  type ParameterSpace,
} from "../research/sweep/parameter_sets.ts";
import { SweepResult } from "../research/sweep/sweep_result.ts";
import { type Batch, BATCH_SETS, batchNumbers, columnsOf } from "../research/sweep/work.ts";

/** What a sweep may be told. */
export interface SweepOptions {
  /** As in a backtest. */
  account?: Partial<AccountSettings>;
  timeframe?: Timeframe;
  start?: Time;
  instruments?: InstrumentSources;
  funding?: FundingRates;
  /** How returns are measured: daily, 365 a year, unless given. */
  metrics?: MetricsOptions;
  /**
   * By which number the sets are ranked, from the highest down: the Sharpe ratio unless given. Several are
   * weighed against each other: the best are the sets that no other beats, which is to be at least as good
   * in all of them and better in one, where of `trades` and `turnover` less is better.
   */
  rank?: SweepNumber | readonly SweepNumber[];
  /** How many of the best are kept with all they are; 20 unless given, or all that no other beats. */
  keep?: number;
  /** Processors that work on it; all there are, unless it is a small job. */
  workers?: number;
  /** Told how many sets are through, of how many. */
  progress?: (done: number, all: number) => void;
  /** What ends it: it throws the signal's reason. */
  signal?: AbortSignal;
  /** Batches that were run before, and where further ones are put: so that it can go on. */
  saved?: SavedBatches;
  /** Where the sets that were tried are written down and earlier ones counted; see `judgeSearch`. */
  ledger?: TrialLedger;
  /** Who runs the batches in the place of this machine's processors. */
  elsewhere?: RunBatches;
}

/** Batches of a sweep by their number, as somebody keeps them. */
export interface SavedBatches {
  readonly numbers: ReadonlyMap<number, Float64Array>;
  save(batch: number, numbers: Float64Array): void;
}

/** What to try: values of parameters (all combinations), a list of sets, or sets that were made already. */
export type Tried = ParameterSpace | readonly ParameterValues[] | ParameterSets;

/** Rows of candles, times sets, for which other processors are not woken. */
const SMALL = 20_000_000;

/**
 * Backtests a strategy under many sets of parameters, and ranks them. Each set's numbers are those of a
 * backtest of it; what sets have in common is computed once, and memory does not grow with the rows.
 * `sets` are values to try (a grid), a list of sets, or what `gridSets` or `randomSets` gives. Throws an
 * `InputError` for parameters, settings or candles that cannot be.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Candles } from "../market/candles.ts";
 * import { whole } from "../strategy/parameters.ts";
 * import { strategy } from "../strategy/strategy.ts";
 *
 * const riser = strategy("riser", { least: whole(1) }, {
 *   build: ({ least }, { close, open }) => ({
 *     enterLong: close.minus(open).above(least),
 *     exitLong: close.below(open),
 *   }),
 * });
 * const row = { open: 9, high: 11, low: 9, close: 11, volume: 1, trades: 1, kind: "traded" as const };
 * const candles = Candles.fromRows("1h", [1, 2, 3].map((n) => ({ ...row, time: n * 3_600_000 })));
 * const found = await sweep(riser, candles, { least: "1..3" }, { account: { fee: 0 }, rank: "totalReturn" });
 * assert.equal(found.best[0].least, 1); // the only one that buys
 * ```
 */
export async function sweep(
  strategy: Strategy,
  source: CandleSource,
  sets: Tried,
  options: SweepOptions = {},
): Promise<SweepResult> {
  checkGiven(strategy, options);
  const own = candlesOf(source, "sweep(strategy, candles, { … })");
  const { funding, instruments } = options;
  const candles = beside(strategy, funding ? withFunding(own, funding) : own, instruments);
  const spec = specOf(strategy, candles, options);
  const all = setsOf(strategy, sets);
  const numbers = new Float64Array(all.length * SWEEP_NUMBERS.length);
  const take = (batch: number, found: Float64Array) =>
    numbers.set(found, batch * BATCH_SETS * SWEEP_NUMBERS.length);
  await runAll(spec, candles, all, take, options);
  const { keep, rank = "sharpe", ledger = await standingLedger()?.() } = options;
  const found = new SweepResult({
    spec,
    candles,
    sets: all,
    numbers,
    rank,
    ...(keep !== undefined && { keep }),
  });
  const trial = { candles, sets: all, ratios: found.column("sharpe") };
  found.counted = await countTrials(spec, "sets", [trial], ledger);
  return found;
}

async function runAll(
  spec: SweepSpec,
  candles: Candles,
  sets: ParameterSets,
  take: (batch: number, numbers: Float64Array) => void,
  { progress = () => {}, signal, saved, elsewhere, workers = navigator.hardwareConcurrency }:
    SweepOptions,
): Promise<void> {
  let through = 0;
  const done = (batch: number, numbers: Float64Array) => {
    take(batch, numbers);
    through += numbers.length / SWEEP_NUMBERS.length;
    progress(through, sets.length);
  };
  for (const [batch, numbers] of saved?.numbers ?? []) {
    checkSaved(batch, numbers, sets.length);
    done(batch, numbers);
  }
  const finish = (batch: number, numbers: Float64Array) => {
    saved?.save(batch, numbers);
    done(batch, numbers);
  };
  const left = batchesOf(sets, saved?.numbers), count = Math.ceil(sets.length / BATCH_SETS);
  if (elsewhere) return await elsewhere(workOf(spec, candles), left, finish, signal);
  const most = candles.length * sets.length < SMALL || usesOwnOperators(spec.strategy)
    ? 1
    : workers;
  const helpers = Math.min(most, count);
  if (helpers > 1) return await onWorkers(helpers)(workOf(spec, candles), left, finish, signal);
  for (const { batch, sets } of left) {
    finish(batch, batchNumbers(spec, sets, candles));
    // So that whoever wants to end it, or look at it, is heard.
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
  }
}

/** What was saved has to be what a batch has. */
function checkSaved(batch: number, numbers: Float64Array, sets: number): void {
  const expected = Math.min(BATCH_SETS, sets - batch * BATCH_SETS) * SWEEP_NUMBERS.length;
  if (Number.isInteger(batch) && batch >= 0 && numbers.length === expected) return;
  throw new InputError(
    `Cannot go on: the saved batch ${batch} has ${numbers.length} numbers, but must have ${expected}`,
  );
}

function* batchesOf(sets: ParameterSets, saved?: SavedBatches["numbers"]): Generator<Batch, void> {
  for (let batch = 0, from = 0; from < sets.length; batch++, from += BATCH_SETS) {
    if (saved?.has(batch)) continue;
    const length = Math.min(BATCH_SETS, sets.length - from);
    yield { batch, sets: Array.from({ length }, (_, i) => sets.at(from + i)) };
  }
}

function workOf({ strategy, ...common }: SweepSpec, candles: Candles) {
  return {
    ...common,
    strategy: writeStrategy(strategy),
    risk: writeRisk(strategy),
    candles: columnsOf(candles),
  };
}

/** What all sets have in common. */
export function specOf(strategy: Strategy, candles: Candles, options: SweepOptions): SweepSpec {
  const { timeframe = candles.timeframe, start, account, metrics } = options;
  checkClocks(timeframe, candles.timeframe);
  if (candles.length === 0) throw new InputError("Cannot sweep over no candles at all");
  const from = start === undefined ? undefined : utcTime(start, "start");
  if (from !== undefined && openTime(candles.time.at(-1)!, candles.timeframe) < from) {
    throw new InputError("Cannot sweep: no candle opens at or after the start");
  }
  return {
    strategy,
    account: accountSettings(account, mayBeShort(strategy)),
    timeframe,
    ...(from !== undefined && { start: from }),
    settings: metricsSettings(metrics),
  };
}

/** The sets that are to be tried. */
export function setsOf(strategy: Strategy, sets: Tried): ParameterSets {
  if (Array.isArray(sets)) return listSets(strategy, sets);
  const isMade = typeof (sets as ParameterSets)?.at === "function";
  return isMade ? sets as ParameterSets : gridSets(strategy, sets as ParameterSpace);
}

function checkRank(rank: unknown): void {
  const all: unknown[] = Array.isArray(rank) ? rank : [rank];
  const odd = all.find((name, i) =>
    !(SWEEP_NUMBERS as readonly unknown[]).includes(name) || all.indexOf(name) < i
  );
  if (all.length > 0 && odd === undefined) return;
  throw new InputError(
    `rank is ${describeValue(rank)}, but must be one of ${
      SWEEP_NUMBERS.join(", ")
    }, or a list of ` +
      "some, each once",
  );
}

/** Notebooks check no types. */
function checkGiven(strategy: unknown, options: SweepOptions): void {
  if (!(strategy instanceof Strategy)) {
    throw new InputError(
      "A strategy is needed first: the order is sweep(strategy, candles, { … })",
    );
  }
  const known = [
    "account",
    "timeframe",
    "start",
    "instruments",
    "funding",
    "metrics",
    "rank",
    "keep",
    "workers",
    "progress",
  ];
  checkOptions(options, [...known, "signal", "saved", "ledger", "elsewhere"], "sweep");
  const { rank, keep = 1, workers = 1 } = options;
  if (rank !== undefined) checkRank(rank);
  for (const [name, value] of Object.entries({ keep, workers })) {
    if (value === Infinity || (Number.isInteger(value) && value >= 1)) continue;
    throw new InputError(`${name} is ${value}, but must be a whole number of 1 or more`);
  }
}
