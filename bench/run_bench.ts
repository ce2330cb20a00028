import smaCross from "../strategies/sma_cross.ts";
import { maxDrawdown } from "../engine/metrics/max_drawdown.ts";
import { periodEquity } from "../engine/metrics/period_equity.ts";
import { periodReturns } from "../engine/metrics/period_returns.ts";
import { metricsSettings } from "../engine/metrics/settings.ts";
import { sharpe } from "../engine/metrics/sharpe.ts";
import { totalReturn } from "../engine/metrics/total_return.ts";
import { backtest } from "../engine/research/backtest.ts";
import { atr, crossesAbove, crossesBelow, sma } from "../engine/series/mod.ts";
import { whole } from "../engine/strategy/parameters.ts";
import { strategy } from "../engine/strategy/strategy.ts";
import { fusedCrossover } from "./fused_loop.ts";
import { synthYear } from "../tests/support/synth.ts";

const candles = synthYear(), params = { fast: 20, slow: 50 };
const account = { fill: "close", fee: 0.001 } as const;

const run = () => backtest(smaCross, candles, { params, account });
const fused = () => fusedCrossover(candles.time, candles.close, 20, 50, 0.001, 10_000);

const guarded = strategy("guarded_cross", { fast: whole(20), slow: whole(50) }, {
  build({ fast, slow }, { close }) {
    const quick = sma(close, fast), steady = sma(close, slow), range = atr(14);
    return {
      enterLong: crossesAbove(quick, steady),
      exitLong: crossesBelow(quick, steady),
      stopLoss: range.times(3),
      takeProfit: 0.004,
      trailingStop: range.times(5),
      breakEven: 0.001,
      timeStop: 400,
    };
  },
});

/** Stops as series and fractions, sizes by risk, costs and protections; none that ends the run. */
const withAll = () =>
  backtest(guarded, candles, {
    account: {
      fee: 0.0001,
      makerFee: 0,
      fixedFee: 0.001,
      spread: 0.00001,
      impact: 0.00001,
      lot: 0.00001,
      minNotional: 1,
      sizing: "risk",
      size: 0.002,
      maxDrawdown: 0.999,
      dailyLoss: 0.9,
      cooldown: 3,
      maxTradesPerDay: 500,
      maxLossesInRow: 500,
    },
  });

const found = run(), expected = fused();
if (2 * found.trades.length + (found.open ? 1 : 0) !== expected.orders) {
  throw new Error(
    `The two must do the same: ${found.trades.length} trades, ${expected.orders} orders`,
  );
}

Deno.bench("fused loop: 525,600 rows", { group: "one run", baseline: true }, () => {
  fused();
});

/** What a search looks at, and peers are measured by. */
const fourNumbers = () => {
  const { performance, trades } = run(), settings = metricsSettings();
  const ends = periodEquity(performance, settings.period);
  return [
    totalReturn(performance),
    sharpe(periodReturns(performance.initialBalance, ends), settings),
    maxDrawdown(performance).depth,
    trades.length,
  ];
};

Deno.bench("backtest to return, Sharpe, drawdown and trades", { group: "one run" }, () => {
  fourNumbers();
});

Deno.bench("backtest and summary: 525,600 rows", { group: "one run" }, () => {
  run().summary();
});

const often = { params: { fast: 5, slow: 15 }, account } as const;
const hourly = () => backtest(guarded, candles, { ...often, timeframe: "1h" });
if (hourly().trades.length < 100) throw new Error("It must trade by the hour");

Deno.bench("minutes decided by the minute", { group: "a base clock", baseline: true }, () => {
  run();
});

Deno.bench("the same minutes decided by the hour, with stops", { group: "a base clock" }, () => {
  hourly();
});

const traded = withAll().trades;
if (traded.length < 5_000 || new Set(traded.rows.map(({ reason }) => reason)).size < 4) {
  throw new Error(`It must trade all the time: ${traded.length} trades`);
}

Deno.bench("a plain run", { group: "stops, sizes and protections", baseline: true }, () => {
  run();
});

Deno.bench("with all of them", { group: "stops, sizes and protections" }, () => {
  withAll();
});
