import { calendarYear } from "../../metrics/calendar_year.ts";
import { minimumTrackRecord } from "../../metrics/minimum_track_record.ts";
import { probabilisticSharpe } from "../../metrics/probabilistic_sharpe.ts";
import { type MetricsSettings, riskFreePerPeriod } from "../../metrics/settings.ts";
import { sharpePerPeriod } from "../../metrics/sharpe_per_period.ts";
import type { ParameterValues } from "../../series/scalars.ts";
import { seededRandom } from "../seeded_random.ts";
import type { SweepResult } from "../sweep/sweep_result.ts";
import { backtestOverfitting } from "./backtest_overfitting.ts";
import {
  type CountedTrials,
  earlierCount,
  independentTrials,
  ratioDeviation,
  triedCount,
} from "../sweep/counted_trials.ts";
import { deflatedSharpe } from "./deflated_sharpe.ts";
import { expectedBestSharpe } from "./expected_best_sharpe.ts";
import { type Luck, luck } from "./luck.ts";
import { type Neighbourhood, neighbourhood } from "./neighbourhood.ts";
import { bestBySharpe, judgedBy, searchReturns } from "./search_returns.ts";

/**
 * What is to be thought of the best set of a search, by Sharpe ratio. Chances are from 0 to 1; NaN is
 * unknown.
 */
export interface Judgement {
  /**
   * The set with the best Sharpe ratio, of which all this is said, whatever the search was ranked by;
   * undefined where none can be judged.
   */
  params: ParameterValues | undefined;
  /**
   * Different sets that were tried over this market and spans that overlap with this one, those of them that only
   * earlier searches tried, and how many independent ones would be expected to have the same best.
   */
  tried: number;
  earlier: number;
  independent: number;
  /** Why earlier searches are not known; undefined if they are. */
  unknown?: string;
  /** Why later searches will not know of this one; undefined if they will. */
  unwritten?: string;
  /** How much the Sharpe ratios of all that were tried deviate from each other, a year. */
  deviation: number;
  /** Sharpe ratio a year of the best, and what would be expected of it if no set were any good. */
  sharpe: number;
  expectedSharpe: number;
  /** How likely the best is to have a true Sharpe ratio above 0, were it the only one that was tried. */
  probabilisticSharpe: number;
  /** The same, given how many were tried, as independent ones of which none is any good. */
  deflatedSharpe: number;
  /**
   * The same as the paper has it to the letter: all that were tried count as independent, and as much as they
   * deviate. It is stricter where sets are much alike, and where some are good and others are bad.
   */
  deflatedByDeviation: number;
  /** How often luck alone would give so good a best. */
  chanceOfLuck: number;
  /**
   * Probability of backtest overfitting: how often what is best in one half is below the middle in the other; exactly
   * in the middle counts as a half.
   */
  overfitting: number;
  /** Trades that the best closed. */
  trades: number;
  /** How many periods such returns have to be had until chance is ruled out at the settings' confidence. */
  minimumTrackRecord: number;
  periods: number;
  /** How the sets do that differ from the best by one step of one parameter. */
  neighbours: Neighbourhood;
  settings: MetricsSettings;
}

/** How luck is drawn, where nothing else is said: the same for the same search. */
const SEED = 20_140_731;

/**
 * Judges the set of a sweep with the best Sharpe ratio: what it is worth after so many were tried, in this
 * search and in the earlier ones that its ledger knows, by the daily returns that `searchReturns` gives, unless
 * somebody has these already.
 */
export function judgeSearch(found: SweepResult, matrix = searchReturns(found)): Judgement {
  const settings = judgedBy(found), yearly = Math.sqrt(settings.periodsPerYear);
  const best = bestBySharpe(found), { columns, periods } = matrix;
  const returns = columns[0], riskFree = riskFreePerPeriod(settings);
  const ratio = sharpePerPeriod(returns, settings);
  if (Number.isNaN(ratio) || periods < 8) return unknown(found, best, settings, periods);
  const drawn = luck(matrix, { random: seededRandom(SEED), riskFree });
  const { counted } = found, own = allTrials(drawn, columns.length, counted.own);
  counted.judged?.(own);
  const independent = independentTrials(counted, own);
  const deviation = ratioDeviation(counted.ratios) / calendarYear(settings);
  const plain = expectedBestSharpe(triedCount(counted), deviation / yearly);
  const expected = expectedBestSharpe(independent, 1 / Math.sqrt(periods - 1));
  const overfitting = columns.length > 1
    ? backtestOverfitting(matrix, { riskFree }).probability
    : NaN;
  return {
    params: namedSet(found, best),
    ...tally(counted),
    independent,
    deviation,
    sharpe: ratio * yearly,
    expectedSharpe: expected * yearly,
    probabilisticSharpe: probabilisticSharpe(returns, settings),
    deflatedSharpe: deflatedSharpe(returns, settings, expected),
    deflatedByDeviation: deflatedSharpe(returns, settings, plain),
    chanceOfLuck: 1 - (1 - drawn.chance) ** (independent / drawn.trials),
    overfitting,
    trades: found.row(best).trades,
    minimumTrackRecord: minimumTrackRecord(returns, settings, expected),
    periods,
    neighbours: neighbourhood(found, best),
    settings,
  };
}

/** As how many independent ones all sets of a search count, where so many were compared: they go on growing as they grew. */
function allTrials({ trials, growth }: Luck, compared: number, sets: number): number {
  return trials * Math.max(1, sets / compared) ** growth;
}

/** A set by the parameters that the search is about. */
function namedSet({ sets }: SweepResult, set: number): ParameterValues {
  const values = sets.at(set);
  return Object.fromEntries(sets.names.map((name) => [name, values[name]]));
}

function tally(
  counted: CountedTrials,
): Pick<Judgement, "tried" | "earlier" | "unknown" | "unwritten"> {
  const { unknown, unwritten } = counted;
  return {
    ...{ tried: triedCount(counted), earlier: earlierCount(counted) },
    ...(unknown !== undefined && { unknown }),
    ...(unwritten !== undefined && { unwritten }),
  };
}

function unknown(
  found: SweepResult,
  best: number,
  settings: MetricsSettings,
  periods: number,
): Judgement {
  const neighbours = neighbourhood(found, best);
  const none = { independent: NaN, sharpe: NaN, expectedSharpe: NaN, probabilisticSharpe: NaN };
  const nothing = { deflatedSharpe: NaN, deflatedByDeviation: NaN, chanceOfLuck: NaN };
  return {
    params: undefined,
    ...tally(found.counted),
    ...none,
    ...nothing,
    deviation: NaN,
    overfitting: NaN,
    trades: NaN,
    minimumTrackRecord: NaN,
    periods,
    neighbours,
    settings,
  };
}
