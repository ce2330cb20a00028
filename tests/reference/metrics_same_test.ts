/**
 * Metrics that empyrical, quantstats or a textbook define as we do, against what these gave for the same
 * equity (metrics/make_golden.py).
 */
import assert from "node:assert/strict";
import type { MetricName } from "../../engine/metrics/summary.ts";
import { agree } from "../metrics/made_performance.ts";
import { equal, goldenCases } from "./metrics_golden.ts";

/** Ours, and the same as `library.name`. */
const SAME: [MetricName, ...string[]][] = [
  ["totalReturn", "quantstats.comp"],
  ["sharpe", "empyrical.sharpe_ratio", "quantstats.sharpe"],
  ["sortino", "empyrical.sortino_ratio", "quantstats.sortino"],
  ["volatility", "empyrical.annual_volatility", "quantstats.volatility"],
  ["downsideDeviation", "empyrical.downside_risk"],
  ["maxDrawdown", "empyrical.max_drawdown", "quantstats.max_drawdown"],
  ["omega", "empyrical.omega_ratio", "quantstats.omega"],
  ["gainToPain", "quantstats.gain_to_pain_ratio"],
  ["stability", "empyrical.stability_of_timeseries"],
  ["probabilisticSharpe", "textbook.probabilistic_sharpe"],
  ["minimumTrackRecord", "textbook.minimum_track_record"],
  ["sharpeLow", "textbook.sharpe_low"],
  ["sharpeHigh", "textbook.sharpe_high"],
  ["skewness", "quantstats.skew"],
  ["excessKurtosis", "quantstats.kurtosis"],
  ["valueAtRisk", "empyrical.value_at_risk"],
  ["gaussianValueAtRisk", "quantstats.value_at_risk"],
  [
    "conditionalValueAtRisk",
    "empyrical.conditional_value_at_risk",
    "quantstats.cvar_historical",
  ],
  ["tailRatio", "empyrical.tail_ratio", "quantstats.tail_ratio"],
  ["commonSenseRatio", "quantstats.common_sense_ratio"],
  ["alpha", "empyrical.alpha"],
  ["beta", "empyrical.beta", "quantstats.beta"],
  ["winningPeriods", "quantstats.win_rate"],
  ["bestPeriod", "quantstats.best"],
  ["worstPeriod", "quantstats.worst"],
  // Of one trade a day.
  ["bestTrade", "quantstats.best"],
  ["worstTrade", "quantstats.worst"],
  ["payoff", "quantstats.payoff_ratio"],
  ["profitFactor", "quantstats.profit_factor"],
  ["kelly", "quantstats.kelly_criterion"],
  ["longestWinStreak", "quantstats.consecutive_wins"],
  ["longestLossStreak", "quantstats.consecutive_losses"],
];

/** What a library says where nothing moved, won or lost; we say that it is not known. */
const OF_FLAT: Record<string, number> = {
  "empyrical.stability_of_timeseries": 0,
  "quantstats.skew": 0,
  "quantstats.kurtosis": 0,
  "quantstats.profit_factor": 0,
  "quantstats.win_rate": 0,
};

Deno.test("metrics equal those of empyrical, quantstats and a textbook to 1e-9", () => {
  let compared = 0;
  for (const { curve, given, made } of goldenCases) {
    for (const [name, ...others] of SAME) {
      for (const other of others) {
        const [library, key] = other.split("."), what = `${curve.name}, ${name}, ${other}`;
        const theirs = given[library as "empyrical"];
        if (theirs === null) continue; // the textbook of too few returns
        if (curve.name === "flat" && other in OF_FLAT) {
          assert.equal(theirs[key], OF_FLAT[other], what);
          assert(Number.isNaN(made[name]), what);
        } else if (curve.name === "flat" && other === "quantstats.value_at_risk") {
          // SciPy knows no normal distribution that is as narrow as can be.
          assert(Number.isNaN(theirs[key]) && made[name] === 0, what);
        } else {
          equal(made[name], theirs[key], what);
          if (Number.isFinite(theirs[key])) compared++;
        }
      }
    }
  }
  assert(compared > 880, `only ${compared} numbers were compared`);
});

Deno.test("what the textbook needs four returns for is unknown of fewer, or if they are the same", () => {
  const few = goldenCases.filter(({ given }) => given.textbook === null);
  assert.deepEqual([...new Set(few.map(({ curve }) => curve.name))], ["two days", "flat"]);
  for (const { made, curve } of few) {
    for (const name of ["probabilisticSharpe", "minimumTrackRecord", "sharpeLow"] as const) {
      assert.equal(made[name], NaN, `${curve.name} ${name}`);
    }
  }
});

Deno.test("growth and Calmar equal empyrical's where its year has as many days as ours", () => {
  let compared = 0;
  for (const { curve, given, made } of goldenCases) {
    if (given.periodsPerYear !== 365) continue;
    assert(agree(made.days, curve.equity.length));
    if (made.days < 30) {
      assert.deepEqual([made.cagr, made.calmar, made.martinRatio], [NaN, NaN, NaN], curve.name);
      continue;
    }
    equal(made.cagr, given.empyrical.annual_return, `${curve.name} growth`);
    equal(made.cagr, given.quantstats.cagr, `${curve.name} growth`);
    equal(made.calmar, given.empyrical.calmar_ratio, `${curve.name} Calmar`);
    compared++;
  }
  assert(compared > 3, `only ${compared} curves`);
});
