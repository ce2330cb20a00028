/**
 * Metrics that empyrical or quantstats define otherwise than we do: what to make of ours so that it is
 * theirs, and that nothing else is between them (metrics/make_golden.py).
 */
import { normalCdf } from "../../engine/metrics/normal_cdf.ts";
import type { Summary } from "../../engine/metrics/summary.ts";
import { equal, goldenCases } from "./metrics_golden.ts";

interface Rates {
  periodsPerYear: number;
  riskFree: number;
}

/** Growth a year, a year being a number of returns and not of days. */
const growth = ({ totalReturn, days }: Summary, perYear: number) =>
  (1 + totalReturn) ** (perYear / days) - 1;

/** What they raise to a year however short the span is. */
const OF_A_YEAR = [
  "empyrical.annual_return",
  "quantstats.cagr",
  "quantstats.rar",
  "quantstats.ulcer_performance_index",
];

const meanReturn = ({ sharpe, volatility }: Summary, { periodsPerYear, riskFree }: Rates) =>
  sharpe * volatility / periodsPerYear + (1 + riskFree) ** (1 / periodsPerYear) - 1;

/** From the root of a mean over n to one over n - 1. */
const oneLess = ({ days }: Summary) => Math.sqrt(days / (days - 1));

/** `library.name`, what it does otherwise, and ours turned into it. */
const OTHERWISE: [string, string, (made: Summary, rates: Rates) => number][] = [
  [
    "empyrical.annual_return",
    "its year is a number of returns",
    (made, { periodsPerYear }) => growth(made, periodsPerYear),
  ],
  [
    "quantstats.cagr",
    "its year is a number of returns",
    (made, { periodsPerYear }) => growth(made, periodsPerYear),
  ],
  [
    "quantstats.rar",
    "its year has 252 returns, its exposure is rounded up to a percent",
    (made) =>
      made.exposureAdjustedReturn / made.cagr * growth(made, 252) * made.exposure /
      (Math.ceil(made.exposure * 100) / 100),
  ],
  ["quantstats.ulcer_index", "n - 1", (made) => made.ulcerIndex * oneLess(made)],
  [
    "quantstats.ulcer_performance_index",
    "the whole span's return instead of a year's, n - 1",
    (made, { riskFree }) =>
      made.martinRatio / (made.cagr - riskFree) * (made.totalReturn - riskFree) / oneLess(made),
  ],
  [
    "quantstats.recovery_factor",
    "returns added up instead of compounded, the sign dropped",
    (made, rates) =>
      Math.abs(made.recoveryFactor / made.totalReturn * meanReturn(made, rates) * made.days),
  ],
  [
    "quantstats.information_ratio",
    "of a day",
    (made, { periodsPerYear }) => made.informationRatio / Math.sqrt(periodsPerYear),
  ],
  [
    "empyrical.excess_sharpe",
    "of a day",
    (made, { periodsPerYear }) => made.informationRatio / Math.sqrt(periodsPerYear),
  ],
  ["quantstats.r_squared", "squared", (made) => made.correlation ** 2],
  [
    "quantstats.cpc_index",
    "what returned 0 does not count",
    (made) => made.cpcIndex / made.winRate * made.winningPeriods,
  ],
  [
    "quantstats.probabilistic_sharpe_ratio",
    "skewness and kurtosis corrected for bias",
    ({ sharpe, skewness, excessKurtosis, days }, { periodsPerYear }) => {
      const ratio = sharpe / Math.sqrt(periodsPerYear);
      const spread = 1 - skewness * ratio + (excessKurtosis + 2) / 4 * ratio ** 2;
      return normalCdf(ratio * Math.sqrt((days - 1) / spread));
    },
  ],
];

for (const [other, why, theirs] of OTHERWISE) {
  Deno.test(`${other} is ours but for one thing: ${why}`, () => {
    const [library, key] = other.split(".");
    for (const { curve, given, made } of goldenCases) {
      if (curve.name === "flat") continue; // 0 of 0: nothing to convert
      // Of less than 30 days we say no growth a year.
      if (OF_A_YEAR.includes(other) && made.days < 30) continue;
      const expected = given[library as "empyrical"][key];
      equal(theirs(made, given), expected, `${curve.name}, ${other}`);
    }
  });
}

Deno.test("quantstats.alpha is ours but for two things: not compounded, no risk-free return", () => {
  for (const { curve, given: { riskFree, periodsPerYear, quantstats }, made } of goldenCases) {
    if (riskFree !== 0) continue;
    const perDay = (1 + made.alpha) ** (1 / periodsPerYear) - 1;
    equal(perDay * periodsPerYear, quantstats.alpha, curve.name);
  }
});
