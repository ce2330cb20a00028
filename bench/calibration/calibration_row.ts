import type { Outcome } from "./search_market.ts";
import { powerAlone, powerOfBest } from "./theory.ts";

/** What so many searches of one strength came to, as fractions; ratios are a year's. */
export interface CalibrationRow {
  /** The planted Sharpe ratio; 0 for noise. */
  sharpe: number;
  searches: number;
  /** How often the deflated Sharpe ratio was above 0.95. */
  found: number;
  /** How often theory says so: of the planted set alone, and of the best of all. */
  alone: number;
  best: number;
  /** How often luck alone would have given the best at most one time in twenty, by what is printed. */
  rare: number;
  /**
   * Means of the probability of backtest overfitting, of how many independent trials the sets were
   * taken for, and of luck's best.
   */
  overfitting: number;
  independent: number;
  expectedSharpe: number;
}

/** What theory goes by, besides the outcomes. */
export interface Basis {
  days: number;
  /** The ratios of all sets in searches of noise, and each one's part of what is planted. */
  noise: readonly Float64Array[];
  parts: Float64Array;
}

/** One row of the table of calibration. */
export function calibrationRow(
  sharpe: number,
  outcomes: readonly Outcome[],
  { days, ...basis }: Basis,
): CalibrationRow {
  const mean = (of: (outcome: Outcome) => number) =>
    outcomes.reduce((sum, outcome) => sum + of(outcome), 0) / outcomes.length;
  const expectedSharpe = mean((outcome) => outcome.expectedSharpe);
  return {
    sharpe,
    searches: outcomes.length,
    found: mean(({ deflatedSharpe }) => deflatedSharpe > 0.95 ? 1 : 0),
    alone: powerAlone(sharpe, expectedSharpe, days),
    best: powerOfBest(sharpe, expectedSharpe, days, basis),
    rare: mean(({ chanceOfLuck }) => chanceOfLuck <= 0.05 ? 1 : 0),
    overfitting: mean(({ overfitting }) => overfitting),
    independent: mean(({ independent }) => independent),
    expectedSharpe,
  };
}
