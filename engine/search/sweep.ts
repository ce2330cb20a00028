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
import { numberOf, SWEEP_NUMBERS, type SweepNumber } from "../research/sweep/numbers.ts";
import { onWorkers, type RunBatches } from "./on_workers.ts";
import { countTrials } from "./trials/count_trials.ts";
import { standingLedger } from "./trials/standing_ledger.ts";
import { seededRandom } from "../research/seeded_random.ts";
import { MADE_BY, METHODS, type SearchMethod, STAGED } from "./search_methods.ts";
import type { RunSets, StagesFound } from "./staged_search.ts";
import {
  type Allows,
  anySet,
  checkCount,
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
  /** How sets are found, of values to try: all of them (a grid) unless given. */
  method?: SearchMethod;
  /** How many sets are tried, by any other method than a grid. */
  count?: number;
  /** What its chance begins with; 1 unless given. */
  seed?: number;
  /** Whether a set is to be tried, besides what the strategy says; of values to try. */
  allows?: Allows;
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
 * `sets` are values to try, a list of sets, or what `gridSets`, `randomSets` or `sobolSets` gives. Of values
 * `method` says which sets are tried; docs/search.md tells what each is for. Throws an
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
  const { keep, rank = "sharpe", ledger = await standingLedger()?.() } = options;
  const { sets: tried, numbers, trials } = await searched(spec, candles, sets, options);
  const kept = keep === undefined ? {} : { keep };
  const found = new SweepResult({ spec, candles, sets: tried, numbers, rank, ...kept });
  const method = tried.method ?? options.method ?? "list";
  found.counted = await countTrials(spec, method, trials, ledger);
  return found;
}

/** Tries the sets that are given, or those that a method makes. */
async function searched(
  spec: SweepSpec,
  candles: Candles,
  sets: Tried,
  options: SweepOptions,
): Promise<StagesFound> {
  const { method = "grid", rank = "sharpe", seed = 1, allows = anySet } = options;
  if (method !== "grid" && !isSpace(sets)) {
    throw new InputError(`A ${method} search makes its sets itself: give it values to try`);
  }
  const space = sets as ParameterSpace, { strategy } = spec, count = countOf(options);
  const staged = STAGED[method];
  if (staged) {
    const objectives = typeof rank === "string" ? [rank] : rank;
    const run = stageRunner(spec, options);
    return await staged({ spec, candles, space, count, seed, allows, objectives, run });
  }
  const make = MADE_BY[method], random = seededRandom(seed);
  const all = make === undefined
    ? setsOf(strategy, sets, allows)
    : make(strategy, space, count, random, allows);
  const numbers = await runAll(spec, candles, all, BATCH_SETS, options);
  return {
    sets: all,
    numbers,
    trials: [{ candles, sets: all, ratios: numberOf(numbers, "sharpe") }],
  };
}

/** Runs stage after stage, whose batches are numbered through, so that they can be saved as one search's. */
function stageRunner(spec: SweepSpec, { saved, progress, ...options }: SweepOptions): RunSets {
  let batches = 0, done = 0;
  return async (sets, candles, all) => {
    const before = done, first = batches, size = stageBatch(sets.length);
    done += sets.length;
    batches += Math.ceil(sets.length / size);
    return await runAll(spec, candles, sets, size, {
      ...options,
      progress: (through) => progress?.(before + through, all),
      ...(saved && { saved: savedBetween(saved, first, batches) }),
    });
  };
}

/** A stage has few sets, and all processors are to have some of them. */
const stageBatch = (sets: number) => Math.min(BATCH_SETS, Math.max(16, Math.ceil(sets / 8)));

function savedBetween(saved: SavedBatches, from: number, to: number): SavedBatches {
  const own = [...saved.numbers].filter(([batch]) => batch >= from && batch < to);
  return {
    numbers: new Map(own.map(([batch, found]) => [batch - from, found])),
    save: (batch, found) => saved.save(batch + from, found),
  };
}

async function runAll(
  spec: SweepSpec,
  candles: Candles,
  sets: ParameterSets,
  size: number,
  { progress = () => {}, signal, saved, elsewhere, workers = navigator.hardwareConcurrency }:
    SweepOptions,
): Promise<Float64Array> {
  const width = SWEEP_NUMBERS.length, all = new Float64Array(sets.length * width);
  let through = 0;
  const done = (batch: number, numbers: Float64Array) => {
    all.set(numbers, batch * size * width);
    through += numbers.length / width;
    progress(through, sets.length);
  };
  for (const [batch, numbers] of saved?.numbers ?? []) {
    checkSaved(batch, numbers, sets.length, size);
    done(batch, numbers);
  }
  const finish = (batch: number, numbers: Float64Array) => {
    saved?.save(batch, numbers);
    done(batch, numbers);
  };
  const left = batchesOf(sets, size, saved?.numbers), count = Math.ceil(sets.length / size);
  if (elsewhere) {
    await elsewhere(workOf(spec, candles), left, finish, signal);
    return all;
  }
  const most = candles.length * sets.length < SMALL || usesOwnOperators(spec.strategy)
    ? 1
    : workers;
  const helpers = Math.min(most, count);
  if (helpers > 1) {
    await onWorkers(helpers)(workOf(spec, candles), left, finish, signal);
    return all;
  }
  for (const { batch, sets } of left) {
    finish(batch, batchNumbers(spec, sets, candles));
    // So that whoever wants to end it, or look at it, is heard.
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
  }
  return all;
}

/** What was saved has to be what a batch has. */
function checkSaved(batch: number, numbers: Float64Array, sets: number, size: number): void {
  const expected = Math.min(size, sets - batch * size) * SWEEP_NUMBERS.length;
  if (Number.isInteger(batch) && batch >= 0 && numbers.length === expected) return;
  throw new InputError(
    `Cannot go on: the saved batch ${batch} has ${numbers.length} numbers, but must have ${expected}`,
  );
}

function* batchesOf(
  sets: ParameterSets,
  size: number,
  saved?: SavedBatches["numbers"],
): Generator<Batch, void> {
  for (let batch = 0, from = 0; from < sets.length; batch++, from += size) {
    if (saved?.has(batch)) continue;
    const length = Math.min(size, sets.length - from);
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
export function setsOf(strategy: Strategy, sets: Tried, allows?: Allows): ParameterSets {
  if (Array.isArray(sets)) return listSets(strategy, sets);
  return isSpace(sets) ? gridSets(strategy, sets, allows) : sets as ParameterSets;
}

function isSpace(sets: Tried): sets is ParameterSpace {
  return !Array.isArray(sets) && typeof (sets as ParameterSets)?.at !== "function";
}

/** How many sets a search is to try that does not try all. */
function countOf({ method = "grid", count }: SweepOptions): number {
  if (method === "grid" && count === undefined) return 0;
  if (method !== "grid" && count !== undefined) {
    checkCount(count);
    return count;
  }
  throw new InputError(
    method === "grid"
      ? "A grid tries all sets: a count is for another method"
      : `A ${method} search needs a count: how many sets it tries`,
  );
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
  checkOptions(options, [
    ...known,
    "signal",
    "saved",
    "ledger",
    "method",
    "count",
    "seed",
    "allows",
    "elsewhere",
  ], "sweep");
  const { rank, keep = 1, workers = 1 } = options;
  if (rank !== undefined) checkRank(rank);
  if (options.method !== undefined && !METHODS.includes(options.method)) {
    throw new InputError(
      `method is ${describeValue(options.method)}, but must be one of ${METHODS.join(", ")}`,
    );
  }
  if (!Number.isSafeInteger(options.seed ?? 1)) {
    throw new InputError(`seed is ${describeValue(options.seed)}, but must be a whole number`);
  }
  for (const [name, value] of Object.entries({ keep, workers })) {
    if (value === Infinity || (Number.isInteger(value) && value >= 1)) continue;
    throw new InputError(`${name} is ${value}, but must be a whole number of 1 or more`);
  }
}
