import type { Candles } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import { withFunding } from "../market/funding.ts";
import { utcTime } from "../market/time.ts";
import { openTime } from "../market/timeframe.ts";
import { metricsSettings } from "../metrics/settings.ts";
import { accountSettings } from "../research/account_settings.ts";
import { beside } from "../research/beside.ts";
import { candlesOf, type CandleSource } from "../research/candle_source.ts";
import { checkClocks } from "../research/check_clocks.ts";
import { seededRandom } from "../research/seeded_random.ts";
import type { SweepSpec } from "../research/sweep/batch.ts";
import { numberOf } from "../research/sweep/numbers.ts";
import {
  gridSets,
  listSets,
  type ParameterSets,
  type ParameterSpace,
} from "../research/sweep/parameter_sets.ts";
import { SweepResult } from "../research/sweep/sweep_result.ts";
import { allowedBy, type Where } from "../research/sweep/where.ts";
import { mayBeShort, type Strategy } from "../strategy/strategy.ts";
import { keptProcessors } from "./kept_processors.ts";
import { runSets } from "./run_sets.ts";
import { MADE_BY, STAGED } from "./search_methods.ts";
import type { StagesFound } from "./staged_search.ts";
import { stageRunner } from "./stage_runner.ts";
import { checkSweep, countOf, type SweepOptions, type Tried } from "./sweep_options.ts";
import { checkLedger, countTrials, type Trial } from "./trials/count_trials.ts";
import { standingLedger } from "./trials/standing_ledger.ts";
import { type TriedSoFar, triedSoFar } from "./trials/tried_so_far.ts";

/**
 * Backtests a strategy under many sets of parameters, and ranks them. Each set's numbers are those of a
 * backtest of it; what sets have in common is computed once, and memory does not grow with the rows.
 * `sets` are values to try, a list of sets, or what `gridSets`, `randomSets` or `sobolSets` gives. Of values
 * `method` says which sets are tried; docs/search.md tells what each is for. One that is ended by its `signal`
 * counts in the ledger with the sets that are through. Throws an `InputError` for parameters, settings or candles that cannot be.
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
  checkSweep(strategy, options);
  const given = candlesOf(source, "sweep(strategy, candles, { … })");
  const { funding, instruments } = options;
  const candles = beside(strategy, funding ? withFunding(given, funding) : given, instruments);
  const spec = specOf(strategy, candles, options);
  const { keep, rank = "sharpe", ledger = await standingLedger()?.() } = options;
  await checkLedger(ledger);
  const soFar = triedSoFar(), method = methodOf(sets, options);
  const count = (trials: readonly Trial[]) => countTrials(spec, method, trials, ledger);
  const own = options.processors === undefined ? keptProcessors() : undefined;
  const asked = { ...options, processors: options.processors ?? own };
  const { sets: tried, numbers, trials } = await searched(spec, candles, sets, asked, soFar)
    .catch(async (error) => {
      if (options.signal?.aborted) await count(soFar.trials());
      throw error;
    }).finally(() => own?.end());
  const kept = keep === undefined ? {} : { keep };
  const found = new SweepResult({ spec, candles, sets: tried, numbers, rank, ...kept });
  found.counted = await count(trials);
  return found;
}

/** How sets are found, as the ledger calls it. */
function methodOf(sets: Tried, { method = "grid" }: SweepOptions): string {
  if (Array.isArray(sets)) return "list";
  return isSpace(sets) ? method : (sets as ParameterSets).method ?? "list";
}

/** Tries the sets that are given, or those that a method makes. */
async function searched(
  spec: SweepSpec,
  candles: Candles,
  sets: Tried,
  options: SweepOptions,
  soFar: TriedSoFar,
): Promise<StagesFound> {
  const { method = "grid", rank = "sharpe", seed = 1, where } = options;
  if (method !== "grid" && !isSpace(sets)) {
    throw new InputError(`A ${method} search makes its sets itself: give it values to try`);
  }
  const space = sets as ParameterSpace, { strategy } = spec, count = countOf(options);
  const allows = allowedBy(strategy, where);
  const staged = STAGED[method];
  if (staged) {
    const objectives = typeof rank === "string" ? [rank] : rank;
    const run = stageRunner(spec, options, soFar);
    return await staged({ spec, candles, space, count, seed, allows, objectives, run });
  }
  const make = MADE_BY[method], random = seededRandom(seed);
  const all = make === undefined
    ? setsOf(strategy, sets, where)
    : make(strategy, space, count, random, allows);
  const saved = soFar.noting(candles, all, options.saved);
  const numbers = await runSets(spec, candles, all, { ...options, saved });
  return {
    sets: all,
    numbers,
    trials: [{ candles, sets: all, ratios: numberOf(numbers, "sharpe") }],
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
export function setsOf(strategy: Strategy, sets: Tried, where?: Where): ParameterSets {
  if (isSpace(sets)) return gridSets(strategy, sets, allowedBy(strategy, where));
  if (where !== undefined) {
    throw new InputError("where is of values to try: sets that are given one by one are all tried");
  }
  return Array.isArray(sets) ? listSets(strategy, sets) : sets as ParameterSets;
}

function isSpace(sets: Tried): sets is ParameterSpace {
  return !Array.isArray(sets) && typeof (sets as ParameterSets)?.at !== "function";
}
