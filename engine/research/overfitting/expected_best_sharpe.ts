import { normalQuantile } from "../../metrics/normal_quantile.ts";

/** Euler and Mascheroni's constant. */
const EULER = 0.5772156649015329;

/**
 * The Sharpe ratio to be expected of the best of `trials` independent strategies of which none is any
 * good, where their ratios deviate by `deviation`: deviation × ((1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 − 1/(N e))).
 * Per period, as the deviation is. One trial is expected to have none: 0.
 *
 * Source: D. H. Bailey and M. López de Prado, "The Deflated Sharpe Ratio", Journal of Portfolio
 * Management 40(5), 2014, after the false strategy theorem.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * // The paper's example: 100 trials whose yearly ratios have a variance of 1/2, over days, 250 a year.
 * assert.equal(expectedBestSharpe(100, Math.sqrt(1 / (2 * 250))).toFixed(4), "0.1132");
 * ```
 */
export function expectedBestSharpe(trials: number, deviation: number): number {
  if (!(trials > 1)) return trials >= 0 ? 0 : NaN;
  const usual = normalQuantile(1 - 1 / trials), tail = normalQuantile(1 - 1 / (trials * Math.E));
  // Of fewer than two the formula would be below what a single one is expected to have.
  return Math.max(0, deviation * ((1 - EULER) * usual + EULER * tail));
}

/**
 * How many independent trials would be expected to have a best Sharpe ratio of so many deviations: the
 * inverse of `expectedBestSharpe`, 1 or more.
 */
export function trialsExpecting(best: number): number {
  if (Number.isNaN(best)) return NaN;
  let low = 1, high = 2;
  while (expectedBestSharpe(high, 1) < best && high < 1e15) high *= 2;
  while (high / low > 1 + 1e-12) {
    const middle = Math.sqrt(low * high);
    if (expectedBestSharpe(middle, 1) < best) low = middle;
    else high = middle;
  }
  return low;
}
