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
  /** How many independent trials would be expected to have the same best one. */
  trials: number;
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
 * free of risk: the returns of all, less
 * each one's mean, are drawn anew many times, in stretches and for all strategies together, so that they stay
 * as alike as they are, and as dependent from period to period. The best Sharpe ratio of each draw is what luck gives.
 * Throws an `InputError` for fewer than eight periods.
 *
 * Source: H. White, "A Reality Check for Data Snooping", Econometrica 68(5), 2000; the periods are
 * drawn by `eachDrawn`.
 */
export function luck(
  matrix: ReturnMatrix,
  { random, draws = 500, stretch = 5, riskFree = 0 }: LuckOptions,
): Luck {
  const { columns, periods } = matrix;
  if (periods < 8) throw new InputError(`Luck cannot be told from skill over ${periods} periods`);
  const means = Float64Array.from(columns, (column) => average(column));
  const found = Math.max(...columns.map((column, n) => ratio(column, means[n], riskFree)));
  const weights = new Float64Array(periods);
  let sum = 0, reached = 0;
  for (let draw = 0; draw < draws; draw++) {
    drawWeights(weights, random, stretch);
    const best = bestOf(columns, means, weights);
    sum += best;
    if (best >= found) reached++;
  }
  const expected = sum / draws, deviation = 1 / Math.sqrt(periods - 1);
  // One more of each: what was found is a draw, too, so that no chance is 0.
  return {
    chance: (reached + 1) / (draws + 1),
    expected,
    trials: Math.max(1, trialsExpecting(expected / deviation)),
  };
}

/** How often each period is drawn, as many in all as there are. */
function drawWeights(weights: Float64Array, random: Random, stretch: number): void {
  weights.fill(0);
  eachDrawn(weights.length, stretch, random, (place) => weights[place]++);
}

/** The best Sharpe ratio of strategies whose returns less their means are drawn so often. */
function bestOf(columns: readonly Float64Array[], means: Float64Array, weights: Float64Array) {
  const { length } = weights;
  let best = -Infinity;
  for (let n = 0; n < columns.length; n++) {
    const column = columns[n], mean = means[n];
    let sum = 0, squares = 0;
    for (let t = 0; t < length; t++) {
      const weighted = weights[t] * (column[t] - mean);
      sum += weighted;
      squares += weighted * (column[t] - mean);
    }
    const variance = (squares - sum * sum / length) / (length - 1);
    if (variance > 1e-24) best = Math.max(best, sum / length / Math.sqrt(variance));
  }
  return best === -Infinity ? 0 : best;
}

function average(column: Float64Array): number {
  return column.reduce((sum, value) => sum + value, 0) / column.length;
}

/** The Sharpe ratio per period; 0 of what did not vary. */
function ratio(column: Float64Array, mean: number, riskFree: number): number {
  const squares = column.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const variance = squares / (column.length - 1);
  return variance > 1e-24 ? (mean - riskFree) / Math.sqrt(variance) : 0;
}
