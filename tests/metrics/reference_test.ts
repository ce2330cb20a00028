/**
 * Metrics of equity against those that empyrical, quantstats, ffn and a textbook computation gave on
 * the same series (README of ../shared/reference).
 */
import assert from "node:assert/strict";
import { alpha } from "../../engine/metrics/alpha.ts";
import { beta } from "../../engine/metrics/beta.ts";
import { commonSenseRatio } from "../../engine/metrics/common_sense_ratio.ts";
import { conditionalValueAtRisk } from "../../engine/metrics/conditional_value_at_risk.ts";
import { downsideDeviation } from "../../engine/metrics/downside_deviation.ts";
import { excessKurtosis } from "../../engine/metrics/excess_kurtosis.ts";
import { gainToPain } from "../../engine/metrics/gain_to_pain.ts";
import { gaussianValueAtRisk } from "../../engine/metrics/gaussian_value_at_risk.ts";
import { informationRatio } from "../../engine/metrics/information_ratio.ts";
import { omega } from "../../engine/metrics/omega.ts";
import { skewness } from "../../engine/metrics/skewness.ts";
import { stability } from "../../engine/metrics/stability.ts";
import { tailRatio } from "../../engine/metrics/tail_ratio.ts";
import { valueAtRisk } from "../../engine/metrics/value_at_risk.ts";
import { calmar } from "../../engine/metrics/calmar.ts";
import { cagr } from "../../engine/metrics/cagr.ts";
import { periodEquity } from "../../engine/metrics/period_equity.ts";
import { periodReturns } from "../../engine/metrics/period_returns.ts";
import { probabilisticSharpe } from "../../engine/metrics/probabilistic_sharpe.ts";
import { type MetricsOptions, metricsSettings } from "../../engine/metrics/settings.ts";
import { sharpe } from "../../engine/metrics/sharpe.ts";
import { sortino } from "../../engine/metrics/sortino.ts";
import { type MetricName, summary } from "../../engine/metrics/summary.ts";
import { volatility } from "../../engine/metrics/volatility.ts";
import { sharedTest } from "../support/shared.ts";
import { DAY, madePerformance } from "./made_performance.ts";
import { archive, csv, same } from "./published.ts";

type Numbers = Record<string, number>;

interface Published {
  annualization: number;
  empyrical: Numbers;
  quantstats: Numbers;
  ffn: Numbers;
  textbook: Numbers;
}

const CASES = ["eurusd_daily_vectorbt_long", "btcusd_monthly_vectorbt_long"];
const BUY_AND_HOLD = "btcusd_monthly_buyhold";

function published(name: string): Published {
  return JSON.parse(archive("metrics").get(`metrics/${name}.json`)!);
}

const input = (name: string) => csv(archive("metrics").get(`metrics/${name}_input.csv`)!);

const returnsOf = (name: string) =>
  Float64Array.from(input(name).slice(1), (row) => Number(row.ret));

sharedTest("ratios agree with empyrical, quantstats and ffn on the same returns", () => {
  for (const name of [...CASES, BUY_AND_HOLD]) {
    const { annualization, empyrical, quantstats, ffn } = published(name);
    const returns = returnsOf(name);
    const settings = (more: MetricsOptions = {}) =>
      metricsSettings({ periodsPerYear: annualization, ...more });
    same(sharpe(returns, settings()), empyrical.sharpe_rf0, `${name} Sharpe`);
    same(sharpe(returns, settings()), quantstats.sharpe, `${name} Sharpe`);
    const sampled = annualization === 12 ? "monthly" : "daily";
    same(sharpe(returns, settings()), ffn[`${sampled}_sharpe`], `${name} Sharpe`);
    same(sortino(returns, settings()), empyrical.sortino_rr0, `${name} Sortino`);
    same(volatility(returns, settings()), empyrical.annual_volatility, `${name} volatility`);
    const perPeriod = settings({ riskFree: 1.0001 ** annualization - 1 });
    same(sharpe(returns, perPeriod), empyrical.sharpe_rf_per_period_1e4, `${name} Sharpe, rf`);
    same(sortino(returns, perPeriod), empyrical.sortino_rr_per_period_1e4, `${name} Sortino, rf`);
    same(sharpe(returns, settings({ riskFree: 0.05 })), quantstats.sharpe_rf5pct, `${name}, 5 %`);
  }
});

sharedTest("growth and Calmar agree with empyrical, whose year is a number of returns", () => {
  for (const name of [...CASES, BUY_AND_HOLD]) {
    const { annualization, empyrical } = published(name);
    const days = returnsOf(name).length / annualization * 365;
    const growth = cagr(1, 1 + empyrical.cum_returns_final, days);
    same(growth, empyrical.annual_return, `${name} growth`);
    same(calmar(growth, empyrical.max_drawdown), empyrical.calmar, `${name} Calmar`);
  }
});

sharedTest("the probabilistic Sharpe ratio agrees with the textbook's", () => {
  for (const name of [...CASES, BUY_AND_HOLD]) {
    const { annualization, textbook } = published(name), returns = returnsOf(name);
    const settings = metricsSettings({ periodsPerYear: annualization });
    same(probabilisticSharpe(returns, settings), textbook.psr_sr0_0, `${name} above 0`);
    const oneAYear = probabilisticSharpe(returns, settings, 1 / Math.sqrt(annualization));
    same(oneAYear, textbook.psr_sr0_annual_1, `${name} above 1 a year`);
  }
});

sharedTest("what returns say of risk agrees with empyrical and quantstats on real markets", () => {
  for (const name of [...CASES, BUY_AND_HOLD]) {
    const { annualization, empyrical, quantstats, textbook } = published(name);
    const returns = returnsOf(name);
    const settings = metricsSettings({ periodsPerYear: annualization });
    const held = Float64Array.from(input(name).slice(1), (row) => Number(row.bench_ret));
    const numbers: [string, number, number][] = [
      ["downside", downsideDeviation(returns, settings), empyrical.downside_risk],
      ["omega", omega(returns, settings), empyrical.omega_rf0],
      [
        "omega above 5 %",
        omega(returns, { ...settings, riskFree: 0.05 }),
        empyrical.omega_required_return_annual_5pct,
      ],
      ["gain to pain", gainToPain(returns), quantstats.gain_to_pain],
      ["tail ratio", tailRatio(returns), empyrical.tail_ratio],
      ["common sense", commonSenseRatio(returns), quantstats.common_sense_ratio],
      ["stability", stability(returns), empyrical.stability],
      ["skewness", skewness(returns), quantstats.skew],
      ["kurtosis", excessKurtosis(returns), quantstats.kurtosis],
      ["VaR", valueAtRisk(returns, settings), empyrical.value_at_risk_5],
      ["CVaR", conditionalValueAtRisk(returns, settings), empyrical.conditional_value_at_risk_5],
      ["normal VaR", gaussianValueAtRisk(returns, settings), textbook.gauss_var_5],
    ];
    for (const [what, actual, expected] of numbers) same(actual, expected, `${name} ${what}`);
    if (name === BUY_AND_HOLD) continue; // it is its own benchmark: rounding is all that is left
    same(alpha(returns, held, settings), empyrical.alpha, `${name} alpha`);
    same(beta(returns, held), empyrical.beta, `${name} beta`);
    const aPeriod = informationRatio(returns, held, { ...settings, periodsPerYear: 1 });
    same(aPeriod, empyrical.excess_sharpe, `${name} information ratio`);
  }
});

/** The published monthly equity as an account's, the first value being its initial balance. */
function monthly(name: string) {
  const [first, ...rows] = input(name);
  return madePerformance({
    timeframe: "1M",
    initialBalance: Number(first.equity),
    equity: rows.map((row) => Number(row.equity)),
    times: rows.map((row) => Date.parse(row.time) + DAY),
    prices: rows.map((row) => Number(row.benchmark)),
  });
}

sharedTest("a whole summary of monthly equity agrees with the published one", () => {
  for (const name of CASES.filter((name) => name.includes("monthly")).concat(BUY_AND_HOLD)) {
    const { empyrical, ffn, textbook } = published(name);
    const made = summary(monthly(name), { period: "1M" });
    const expected: Partial<Record<MetricName, number>> = {
      totalReturn: ffn.total_return,
      sharpe: empyrical.sharpe_rf0,
      sortino: empyrical.sortino_rr0,
      volatility: empyrical.annual_volatility,
      maxDrawdown: empyrical.max_drawdown,
      probabilisticSharpe: textbook.psr_sr0_0,
      // ffn's year has 365.25 days.
      cagr: (1 + ffn.cagr) ** (365 / 365.25) - 1,
      calmar: ((1 + ffn.cagr) ** (365 / 365.25) - 1) / -ffn.max_drawdown,
    };
    for (const [metric, value] of Object.entries(expected)) {
      same(made[metric as MetricName], value, `${name} ${metric}`);
    }
  }
});

sharedTest("daily returns are the published ones, and 0 on the days that it leaves out", () => {
  const [first, ...rows] = input("eurusd_daily_vectorbt_long");
  const times = rows.map((row) => Date.parse(row.time) + DAY);
  const performance = madePerformance({
    timeframe: "1d",
    initialBalance: Number(first.equity),
    equity: rows.map((row) => Number(row.equity)),
    times,
  });
  const expected = new Float64Array((times[times.length - 1] - times[0]) / DAY + 1);
  rows.forEach((row, i) => expected[(times[i] - times[0]) / DAY] = Number(row.ret));
  const returns = periodReturns(Number(first.equity), periodEquity(performance, "1d"));
  assert.equal(returns.length, 294);
  assert(rows.length < 294);
  returns.forEach((value, i) => assert(Math.abs(value - expected[i]) < 1e-15));
});
