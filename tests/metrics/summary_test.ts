import assert from "node:assert/strict";
import fc from "fast-check";
import { METRICS } from "../../engine/metrics/metric_table.ts";
import { type MetricName, type Summary, summary } from "../../engine/metrics/summary.ts";
import { assertProperty } from "../support/property.ts";
import { DAY, madePerformance, madeTrade, START } from "./made_performance.ts";

const NAMES = Object.keys(METRICS) as MetricName[];

/** What commands promise to print. */
const PROMISED =
  "finalEquity totalReturn cagr sharpe sortino calmar maxDrawdown maxDrawdownDays winRate " +
  "profitFactor expectancy trades openTrades fees exposure buyAndHold";

const FOUR_DAYS = madePerformance({
  equity: [11_000, 8_800, 9_680, 12_100],
  timeframe: "1d",
  prices: [100, 110, 105, 120],
  position: [1, -1, 0, 2],
  trades: [madeTrade(20), { ...madeTrade(-10), exitTime: START + 2 * DAY }],
  openTrades: 1,
  fees: 12.5,
  slippage: 7.25,
  turnover: 5_000,
});

Deno.test("a summary has every promised number", () => {
  for (const name of PROMISED.split(" ")) assert(name in METRICS, `${name} is missing`);
});

Deno.test("a summary of four days, by hand", () => {
  const made = summary(FOUR_DAYS);
  const expected: Partial<Summary> = {
    finalEquity: 12_100,
    totalReturn: 0.21,
    buyAndHold: 0.2,
    days: 4,
    maxDrawdown: -0.2,
    maxDrawdownDays: 3,
    slippage: 7.25,
    exposure: 0.75,
    trades: 2,
    openTrades: 1,
    winRate: 0.5,
    profitFactor: 2,
    expectancy: 5,
    payoff: 2,
    bestTrade: 0.2,
    worstTrade: -0.1,
    fees: 12.5,
    turnover: 5_000,
    annualTurnover: 5_000 / 10_395 * 365 / 4,
    winningPeriods: 0.75,
    bestPeriod: 0.25,
    worstPeriod: -0.2,
    trackRecord: 4,
    omega: 2.25,
    gainToPain: 1.25,
    downsideDeviation: Math.sqrt(0.04 / 4 * 365),
    ulcerIndex: Math.sqrt((0.2 ** 2 + 0.12 ** 2) / 4),
    recoveryFactor: 1.05,
    conditionalValueAtRisk: -0.2,
    kelly: 0.25,
    cpcIndex: 2,
    expectancyRatio: 0.5,
    longestWinStreak: 1,
    longestLossStreak: 1,
    meanHoldingDays: 49 / 48,
    longestHoldingDays: 2,
    winnersHoldingDays: 1 / 24,
    losersHoldingDays: 2,
    // The first from 100 to 120; the second through a day from 100 to 110, to 90.
    meanAdverse: -0.05,
    meanFavourable: 0.15,
  };
  for (const [name, value] of Object.entries(expected)) {
    const actual = made[name as MetricName];
    assert(Math.abs(actual / (value as number) - 1) < 1e-9, `${name}: ${actual} is not ${value}`);
  }
  // Four days raised to a year say nothing.
  for (const name of ["cagr", "calmar", "exposureAdjustedReturn", "martinRatio"] as const) {
    assert.equal(made[name], NaN, name);
  }
  // Daily returns 0.1, -0.2, 0.1, 0.25: mean 0.0625, Σ(r − mean)² = 0.106875.
  const deviation = Math.sqrt(0.106875 / 3);
  assert(Math.abs(made.volatility - deviation * Math.sqrt(365)) < 1e-12);
  assert(Math.abs(made.sharpe - 0.0625 / deviation * Math.sqrt(365)) < 1e-12);
  assert(Math.abs(made.sortino - 0.0625 / Math.sqrt(0.04 / 4) * Math.sqrt(365)) < 1e-12);
  assert(Math.abs(made.sqn - Math.SQRT2 * 5 / Math.sqrt(450)) < 1e-12);
});

Deno.test("growth a year and what goes by it, of sixty days by hand", () => {
  const days = (value: number) => Array<number>(20).fill(value);
  const made = summary(madePerformance({
    equity: [...days(11_000), ...days(8_800), ...days(12_100)],
    position: [...days(1), ...days(0), ...days(-1)],
    timeframe: "1d",
  }));
  const growth = Math.exp(Math.log(1.21) * 365 / 60) - 1;
  const expected = {
    cagr: growth,
    calmar: growth / 0.2,
    exposureAdjustedReturn: growth * 3 / 2,
    martinRatio: growth / Math.sqrt(20 * 0.2 ** 2 / 60),
  };
  for (const [name, value] of Object.entries(expected)) {
    const actual = made[name as MetricName];
    assert(Math.abs(actual / value - 1) < 1e-9, `${name}: ${actual} is not ${value}`);
  }
});

Deno.test("a summary carries its settings and uses them", () => {
  const settings = {
    period: "1d",
    periodsPerYear: 252,
    ddof: 0,
    riskFree: 0.02,
    confidence: 0.99,
  } as const;
  const made = summary(FOUR_DAYS, settings);
  assert.deepEqual(made.settings, settings);
  const perDay = 1.02 ** (1 / 252) - 1, deviation = Math.sqrt(0.106875 / 4);
  assert(Math.abs(made.sharpe - (0.0625 - perDay) / deviation * Math.sqrt(252)) < 1e-12);
  assert(Math.abs(made.sqn - Math.SQRT2 * 5 / 15) < 1e-12);
  const weekly = summary(FOUR_DAYS, { period: "1w" });
  assert.equal(weekly.settings.periodsPerYear, 365 / 7);
  assert.equal(weekly.sharpe, NaN); // one week, one return
});

Deno.test("of a run without rows only what is counted is known", () => {
  const made = summary(madePerformance({ equity: [] }));
  const counted: MetricName[] = ["days", "trackRecord", "trades", "openTrades", "fees", "turnover"];
  assert.equal(made.finalEquity, 10_000);
  for (const name of NAMES) {
    if (name === "finalEquity") continue;
    assert.equal(made[name], counted.includes(name) ? 0 : NaN, name);
  }
});

Deno.test("a run that never traded has risk 0 and ratios unknown", () => {
  const made = summary(madePerformance({ equity: Array(30 * 24).fill(10_000) }));
  for (const name of ["totalReturn", "cagr", "volatility", "maxDrawdown", "exposure"] as const) {
    assert(Object.is(made[name], 0), `${name} is ${made[name]}`);
  }
  for (const name of ["sharpe", "sortino", "calmar", "probabilisticSharpe", "sqn"] as const) {
    assert.equal(made[name], NaN, name);
  }
});

Deno.test("a run that lost everything says so", () => {
  const equity = [...Array(30).fill(10_000), ...Array(30).fill(5_000), 0];
  const made = summary(madePerformance({ equity, timeframe: "1d" }));
  assert.equal(made.totalReturn, -1);
  assert.equal(made.cagr, -1);
  assert.equal(made.maxDrawdown, -1);
  assert.equal(made.calmar, -1);
  assert(made.sharpe < 0);
});

const performances = fc.record({
  equity: fc.array(fc.integer({ min: 1, max: 5_000_000 }), { minLength: 1, maxLength: 100 }),
  profits: fc.array(fc.integer({ min: -90, max: 90 }), { maxLength: 20 }),
  timeframe: fc.constantFrom("1h" as const, "6h" as const, "1d" as const, "1w" as const),
}).map(({ equity, profits, timeframe }) => ({
  equity: equity.map((cents) => cents / 100),
  timeframe,
  position: equity.map((cents) => cents % 3 - 1),
  prices: equity.map((cents) => 1 + cents % 7),
  trades: profits.map(madeTrade),
  fees: 7,
  turnover: 1_000,
}));

Deno.test("no number is infinite, and bounded ones keep their bounds", () => {
  assertProperty(
    fc.property(performances, (made) => {
      const result = summary(madePerformance(made));
      for (const name of NAMES) assert(Math.abs(result[name]) !== Infinity, `${name} is infinite`);
      assert(result.maxDrawdown >= -1 && result.maxDrawdown <= 0);
      assert(result.maxDrawdownDays >= 0 && result.maxDrawdownDays <= result.days);
      assert(!(result.cagr < -1) && !(result.totalReturn < -1));
      for (const name of ["winRate", "exposure", "probabilisticSharpe"] as const) {
        assert(!(result[name] < 0 || result[name] > 1), `${name} is ${result[name]}`);
      }
      assert(!(result.worstTrade > result.bestTrade));
    }),
    300,
  );
});

Deno.test("with all money eight times as much, every number but the money stays as it was", () => {
  assertProperty(
    fc.property(performances, (made) => {
      const small = summary(madePerformance(made)),
        large = summary(madePerformance({
          ...made,
          initialBalance: 80_000,
          equity: made.equity.map((value) => 8 * value),
          trades: made.trades.map((t) => ({ ...t, amount: 8 * t.amount, pnl: 8 * t.pnl })),
          fees: 8 * made.fees,
          turnover: 8 * made.turnover,
        }));
      for (const name of NAMES) {
        const factor = METRICS[name].unit === "money" ? 8 : 1;
        assert.equal(large[name], factor * small[name], name);
      }
    }),
    300,
  );
});
