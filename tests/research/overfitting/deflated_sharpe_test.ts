import assert from "node:assert/strict";
import {
  expectedBestSharpe,
  trialsExpecting,
} from "../../../engine/research/overfitting/expected_best_sharpe.ts";
import { normalCdf } from "../../../engine/metrics/normal_cdf.ts";

/** The example of "The Deflated Sharpe Ratio" (2014): 2.5 a year, found in five years of 250 days. */
const RATIO = 2.5 / Math.sqrt(250), DAYS = 1_250, DEVIATION = Math.sqrt(1 / (2 * 250));

/** What the paper computes, of a ratio whose skewness and kurtosis are given. */
function deflated(trials: number, skewness: number, kurtosis: number): number {
  const above = RATIO - expectedBestSharpe(trials, DEVIATION);
  const spread = 1 - skewness * RATIO + (kurtosis - 1) / 4 * RATIO ** 2;
  return normalCdf(above * Math.sqrt(DAYS - 1) / Math.sqrt(spread));
}

Deno.test("the deflated Sharpe ratio of the paper's example", () => {
  assert.equal(expectedBestSharpe(100, DEVIATION).toFixed(4), "0.1132");
  assert.equal(deflated(100, -3, 10).toFixed(4), "0.9004");
  assert.equal(deflated(46, -3, 10).toFixed(4), "0.9505");
  assert.equal(deflated(88, 0, 3).toFixed(4), "0.9505");
});

Deno.test("the expected best of N is what the mean of many bests of N is", () => {
  // E[max] of N standard normal numbers, as tables of order statistics have it.
  const known: readonly [trials: number, best: number][] = [[10, 1.53875], [100, 2.50759]];
  for (const [trials, best] of known) {
    assert(Math.abs(expectedBestSharpe(trials, 1) - best) < 0.03 * best, `${trials} trials`);
  }
  assert.equal(expectedBestSharpe(1, 1), 0);
});

Deno.test("so many trials as expect a best are those that expect it", () => {
  for (const trials of [2, 10, 1_000, 1e6]) {
    const found = trialsExpecting(expectedBestSharpe(trials, 1));
    assert(Math.abs(found / trials - 1) < 1e-6, `${found} of ${trials}`);
  }
  assert(trialsExpecting(0) < 2);
});
