import { minimumTrackRecord } from "../../metrics/minimum_track_record.ts";
import { probabilisticSharpe } from "../../metrics/probabilistic_sharpe.ts";
import type { MetricsSettings } from "../../metrics/settings.ts";
import { sharpePerPeriod } from "../../metrics/sharpe_per_period.ts";
import { seededRandom } from "../seeded_random.ts";
import type { SweepResult } from "../sweep/sweep_result.ts";
import { backtestOverfitting } from "./backtest_overfitting.ts";
import { deflatedSharpe } from "./deflated_sharpe.ts";
import { expectedBestSharpe } from "./expected_best_sharpe.ts";
import { luck } from "./luck.ts";
import { type Neighbourhood, neighbourhood } from "./neighbourhood.ts";
import { bestBySharpe, judgedBy, searchReturns } from "./search_returns.ts";

/** What is to be thought of the best set of a search. Chances are from 0 to 1; NaN is unknown. */
export interface Judgement {
  /** Sets that were tried, and how many independent ones would be expected to have the same best. */
  tried: number;
  independent: number;
  /** Sharpe ratio a year of the best, and what would be expected of it if no set were any good. */
  sharpe: number;
  expectedSharpe: number;
  /** How likely the best is to have a true Sharpe ratio above 0, were it the only one that was tried. */
  probabilisticSharpe: number;
  /** The same, given how many were tried. */
  deflatedSharpe: number;
  /** How often luck alone would give so good a best. */
  chanceOfLuck: number;
  /** Probability of backtest overfitting: how often what is best in one half is below the middle in the other. */
  overfitting: number;
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
 * Judges the set of a sweep with the best Sharpe ratio: what it is worth after so many were tried, by the
 * daily returns that `searchReturns` gives.
 */
export function judgeSearch(found: SweepResult): Judgement {
  const settings = judgedBy(found), yearly = Math.sqrt(settings.periodsPerYear);
  const best = bestBySharpe(found), matrix = searchReturns(found), { columns, periods } = matrix;
  const own = columns[0];
  const ratio = sharpePerPeriod(own, settings);
  if (Number.isNaN(ratio) || periods < 8) return unknown(found, best, settings, periods);
  const drawn = luck(matrix, { random: seededRandom(SEED) });
  // What was not compared counts as being as different from the rest as what was.
  const independent = drawn.trials * found.length / columns.length;
  const expected = expectedBestSharpe(independent, 1 / Math.sqrt(periods - 1));
  const overfitting = columns.length > 1 ? backtestOverfitting(matrix).probability : NaN;
  return {
    tried: found.length,
    independent,
    sharpe: ratio * yearly,
    expectedSharpe: expected * yearly,
    probabilisticSharpe: probabilisticSharpe(own, settings),
    deflatedSharpe: deflatedSharpe(own, settings, expected),
    chanceOfLuck: 1 - (1 - drawn.chance) ** (found.length / columns.length),
    overfitting,
    minimumTrackRecord: minimumTrackRecord(own, settings, expected),
    periods,
    neighbours: neighbourhood(found, best),
    settings,
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
  const nothing = { deflatedSharpe: NaN, chanceOfLuck: NaN, overfitting: NaN };
  return {
    tried: found.length,
    ...none,
    ...nothing,
    minimumTrackRecord: NaN,
    periods,
    neighbours,
    settings,
  };
}
