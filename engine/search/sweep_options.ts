import type { AccountSettings } from "../account/settings.ts";
import { checkOptions } from "../market/check_options.ts";
import { describeValue } from "../market/describe_value.ts";
import { InputError } from "../market/errors.ts";
import type { FundingRates } from "../market/funding.ts";
import type { Time } from "../market/time.ts";
import type { Timeframe } from "../market/timeframe.ts";
import type { MetricsOptions } from "../metrics/settings.ts";
import type { TrialLedger } from "../ports/trial_ledger.ts";
import type { InstrumentSources } from "../research/beside.ts";
import { SWEEP_NUMBERS, type SweepNumber } from "../research/sweep/numbers.ts";
import {
  checkCount,
  type ParameterSets,
  type ParameterSpace,
} from "../research/sweep/parameter_sets.ts";
import type { Where } from "../research/sweep/where.ts";
import type { ParameterValues } from "../series/scalars.ts";
import { Strategy } from "../strategy/strategy.ts";
import type { KeptProcessors, RunBatches } from "./kept_processors.ts";
import { METHODS, type SearchMethod } from "./search_methods.ts";

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
   * By which number the sets are ranked, best first: the Sharpe ratio unless given. Of `trades` and `turnover`
   * less is better, since they cost, of all others more. Several are weighed against each other: the best are
   * the sets that no other beats, which is to be at least as good in all of them and better in one.
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
  /** Which sets are tried, besides what the strategy says; of values to try. */
  where?: Where;
  /** Where the sets that were tried are written down and earlier ones counted; see `judgeSearch`. */
  ledger?: TrialLedger;
  /** Who runs the batches in the place of this machine's processors. */
  elsewhere?: RunBatches;
  /** Processors of this machine that somebody keeps from search to search; else a search starts and ends its own. */
  processors?: KeptProcessors;
}

/** The numbers of a sweep's batches, each by its first set, as somebody keeps them. */
export interface SavedBatches {
  readonly numbers: ReadonlyMap<number, Float64Array>;
  save(batch: number, numbers: Float64Array): void;
}

/** What to try: values of parameters (all combinations), a list of sets, or sets that were made already. */
export type Tried = ParameterSpace | readonly ParameterValues[] | ParameterSets;

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

/** Throws an `InputError` for what a sweep cannot be told: notebooks check no types. */
export function checkSweep(strategy: unknown, options: SweepOptions): void {
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
    "where",
    "elsewhere",
    "processors",
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
    if (Number.isInteger(value) && value >= 1 || (name === "keep" && value === Infinity)) continue;
    throw new InputError(`${name} is ${value}, but must be a whole number of 1 or more`);
  }
}

/** How many sets a search is to try that does not try all. */
export function countOf({ method = "grid", count }: SweepOptions): number {
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
