/**
 * Metrics against those that empyrical, quantstats, ffn, vectorbt and a textbook computation gave on
 * the same series (README of ../shared/reference).
 */
import assert from "node:assert/strict";
import type { ClosedTrade } from "../../engine/account/ledger.ts";
import { calmar } from "../../engine/metrics/calmar.ts";
import { cagr } from "../../engine/metrics/cagr.ts";
import { maxDrawdown } from "../../engine/metrics/max_drawdown.ts";
import { periodEquity } from "../../engine/metrics/period_equity.ts";
import { periodReturns } from "../../engine/metrics/period_returns.ts";
import { probabilisticSharpe } from "../../engine/metrics/probabilistic_sharpe.ts";
import { type MetricsOptions, metricsSettings } from "../../engine/metrics/settings.ts";
import { sharpe } from "../../engine/metrics/sharpe.ts";
import { sortino } from "../../engine/metrics/sortino.ts";
import { type MetricName, summary } from "../../engine/metrics/summary.ts";
import { volatility } from "../../engine/metrics/volatility.ts";
import { sharedPath, sharedTest } from "../support/shared.ts";
import { readTarGz } from "../support/tar.ts";
import { agree, DAY, madePerformance, madeTrade } from "./made_performance.ts";

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

const archive = (name: string) => readTarGz(sharedPath(`reference/${name}.tar.gz`));

function published(name: string): Published {
  return JSON.parse(archive("metrics").get(`metrics/${name}.json`)!);
}

/** The rows of a CSV without quotes, by column name. */
function csv(text: string): Record<string, string>[] {
  const [header, ...lines] = text.trim().split(/\r?\n/).map((line) => line.split(","));
  return lines.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i]])));
}

const input = (name: string) => csv(archive("metrics").get(`metrics/${name}_input.csv`)!);

const returnsOf = (name: string) =>
  Float64Array.from(input(name).slice(1), (row) => Number(row.ret));

function same(actual: number, expected: number, what: string, tolerance = 1e-9) {
  assert.equal(typeof expected, "number", `${what} is not published`);
  assert(agree(actual, expected, tolerance), `${what}: ${actual} is not ${expected}`);
}

sharedTest("ratios agree with empyrical, quantstats and ffn on the same returns", () => {
  for (const name of [...CASES, BUY_AND_HOLD]) {
    const { annualization, empyrical, quantstats, ffn } = published(name);
    const returns = returnsOf(name),
      settings = (more: MetricsOptions = {}) =>
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

const utc = (time: string) => Date.parse(time.includes(" ") ? `${time.replace(" ", "T")}Z` : time);

sharedTest("the deepest drawdown and its length agree with vectorbt's records", () => {
  const files = archive("vectorbt");
  for (const name of ["EURUSD_long", "BTCUSD_long"]) {
    const values = csv(files.get(`vectorbt/${name}_value.csv`)!);
    const { depth, days } = maxDrawdown(madePerformance({
      equity: values.map((row) => Number(row.value)),
      times: values.map((row) => utc(row.time)),
    }));
    const falls = csv(files.get(`vectorbt/${name}_drawdowns.csv`)!).map((record) => ({
      depth: Number(record["Valley Value"]) / Number(record["Peak Value"]) - 1,
      days: (utc(record["End Timestamp"]) - utc(record["Peak Timestamp"])) / DAY,
    }));
    const deepest = falls.reduce((worst, fall) => fall.depth < worst.depth ? fall : worst);
    same(depth, deepest.depth, `${name} drawdown`);
    assert.equal(days, deepest.days);
  }
});

/** vectorbt's closed trades as ours. */
function closedTrades(text: string): ClosedTrade[] {
  return csv(text).filter((row) => row.Status === "Closed").map((row) => ({
    ...madeTrade(Number(row.PnL)),
    entryPrice: Number(row["Avg Entry Price"]),
    amount: Number(row.Size),
    return: Number(row.Return),
  }));
}

sharedTest("metrics of closed trades agree with vectorbt's", () => {
  const files = archive("vectorbt");
  for (const name of ["EURUSD_long", "EURUSD_both", "EURUSD_long_half", "EURUSD_long_slip"]) {
    const { more, stats } = JSON.parse(files.get(`vectorbt/${name}.json`)!);
    const trades = closedTrades(files.get(`vectorbt/${name}_trades.csv`)!);
    const made = summary(madePerformance({ equity: [10_000], trades }));
    assert.equal(made.trades, stats["Total Closed Trades"]);
    same(made.winRate, stats["Win Rate [%]"] / 100, `${name} win rate`);
    same(made.profitFactor, stats["Profit Factor"], `${name} profit factor`);
    same(made.expectancy, stats["Expectancy"], `${name} expectancy`);
    // Its SQN counts an open trade as one that was closed.
    if (stats["Total Open Trades"] === 0) same(made.sqn, more.trades_sqn, `${name} SQN`);
    same(made.bestTrade, stats["Best Trade [%]"] / 100, `${name} best trade`);
    same(made.worstTrade, stats["Worst Trade [%]"] / 100, `${name} worst trade`);
  }
});

sharedTest("metrics of trades agree with backtesting.py's", () => {
  const files = archive("backtesting_py");
  for (const name of ["EURUSD_open", "EURUSD_open_final", "EURUSD_close_sltp"]) {
    const { stats } = JSON.parse(files.get(`backtesting_py/${name}.json`)!);
    const trades = csv(files.get(`backtesting_py/${name}_trades.csv`)!).map((row) => ({
      ...madeTrade(Number(row.PnL)),
      return: Number(row.ReturnPct),
    }));
    const curve = csv(files.get(`backtesting_py/${name}_equity.csv`)!);
    const made = summary(madePerformance({
      equity: curve.map((row) => Number(row.Equity)),
      times: curve.map((row) => utc(row.time)),
      trades,
    }));
    same(made.finalEquity, stats["Equity Final [$]"], `${name} final equity`);
    same(made.totalReturn, stats["Return [%]"] / 100, `${name} return`);
    same(made.maxDrawdown, stats["Max. Drawdown [%]"] / 100, `${name} drawdown`);
    assert.equal(made.trades, stats["# Trades"]);
    same(made.winRate, stats["Win Rate [%]"] / 100, `${name} win rate`);
    same(made.sqn, stats.SQN, `${name} SQN`);
    same(made.bestTrade, stats["Best Trade [%]"] / 100, `${name} best trade`);
    same(made.worstTrade, stats["Worst Trade [%]"] / 100, `${name} worst trade`);
  }
});
