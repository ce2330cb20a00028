import { InputError } from "../../market/errors.ts";
import type { Random } from "../seeded_random.ts";
import { eachDrawn } from "../stationary_bootstrap.ts";
import { trialsExpecting } from "./expected_best_sharpe.ts";
import type { ReturnMatrix } from "./return_matrix.ts";

/** What luck alone would have given a search. */
export interface Luck {
  /** How often, 0 to 1, the best of the search would be at least as good if none of the sets were any good. */
  chance: number;
  /** The Sharpe ratio, per period, to be expected of the best if none were any good. */
  expected: number;
  /** How many independent trials would be expected to have the same best one: at most as many as there are sets. */
  trials: number;
  /** With which power of the number of sets the independent ones grow: 0 where more are but more of the same, 1 where each is its own. */
  growth: number;
}

/** How luck is drawn. */
export interface LuckOptions {
  random: Random;
  /** How often; 500 unless given. */
  draws?: number;
  /** Mean length of the stretches that stay together, in periods; 5 unless given. */
  stretch?: number;
  /** The risk-free return of a period, in excess of which what was found is good; 0 unless given. */
  riskFree?: number;
}

/**
 * What the best of a search would be if none of its strategies were any good, which is to earn what is
 * free of risk: the returns of all, less each one's mean, are drawn anew many times, in stretches and for all strategies
 * together, so that they stay as alike as they are, and as dependent from period to period. The best Sharpe ratio
 * of each draw is what luck gives. A strategy's ratios are all by the deviation of its own returns: by that of a draw,
 * one that seldom trades would be without risk in each draw that misses its trades. Throws an `InputError` for fewer than eight periods.
 *
 * Source: H. White, "A Reality Check for Data Snooping", Econometrica 68(5), 2000, with the deviations of
 * P. R. Hansen, "A Test for Superior Predictive Ability", Journal of Business & Economic Statistics 23(4), 2005;
 * the periods are drawn by `eachDrawn`.
 */
export function luck(
  matrix: ReturnMatrix,
  { random, draws = 500, stretch = 5, riskFree = 0 }: LuckOptions,
): Luck {
  const { columns, periods } = matrix;
  if (periods < 8) throw new InputError(`Luck cannot be told from skill over ${periods} periods`);
  const best = Math.max(...columns.map((column) => ratio(column, riskFree)));
  const drawn = columns.map(standardised).filter((column) => column !== undefined);
  const weights = new Float64Array(periods), ratios = new Float64Array(drawn.length);
  let sum = 0, sumOfHalf = 0, reached = 0;
  for (let draw = 0; draw < draws; draw++) {
    drawWeights(weights, random, stretch);
    drawn.forEach((column, n) => ratios[n] = weightedMean(column, weights));
    const lucky = most(ratios, 1);
    sum += lucky;
    sumOfHalf += most(ratios, 2);
    if (lucky >= best) reached++;
  }
  const trials = (sum: number, sets: number) =>
    Math.min(sets, trialsExpecting(sum / draws * Math.sqrt(periods - 1)));
  const all = trials(sum, columns.length);
  const half = trials(sumOfHalf, Math.ceil(columns.length / 2));
  // One more of each: what was found is a draw, too, so that no chance is 0.
  return {
    chance: (reached + 1) / (draws + 1),
    expected: sum / draws,
    trials: all,
    growth: Math.min(1, Math.max(0, Math.log2(all / half))),
  };
}

/** How often each period is drawn, as many in all as there are. */
function drawWeights(weights: Float64Array, random: Random, stretch: number): void {
  weights.fill(0);
  eachDrawn(weights.length, stretch, random, (place) => weights[place]++);
}

/** Returns less their mean, by their deviation (ddof 1); undefined where nothing varied. */
function standardised(column: Float64Array): Float64Array | undefined {
  const mean = average(column), deviation = deviationOf(column, mean);
  return deviation > 1e-12 ? column.map((value) => (value - mean) / deviation) : undefined;
}

/** The Sharpe ratio per period; 0 of what did not vary. */
function ratio(column: Float64Array, riskFree: number): number {
  const mean = average(column), deviation = deviationOf(column, mean);
  return deviation > 1e-12 ? (mean - riskFree) / deviation : 0;
}

function weightedMean(column: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < column.length; t++) sum += weights[t] * column[t];
  return sum / column.length;
}

/** The most of every first, second, … number; 0 of none. */
function most(numbers: Float64Array, step: number): number {
  let most = -Infinity;
  for (let n = 0; n < numbers.length; n += step) most = Math.max(most, numbers[n]);
  return most === -Infinity ? 0 : most;
}

function average(column: Float64Array): number {
  return column.reduce((sum, value) => sum + value, 0) / column.length;
}

function deviationOf(column: Float64Array, mean: number): number {
  const squares = column.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (column.length - 1));
}
