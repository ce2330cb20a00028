import { chart } from "../../engine/charts/chart.ts";
import { compare } from "../../engine/charts/compare.ts";
import { monthlyReturns } from "../../engine/charts/monthly_returns.ts";
import type { Picture } from "../../engine/charts/picture.ts";
import { excursions } from "../../engine/charts/excursions.ts";
import { returnsHistogram } from "../../engine/charts/returns_histogram.ts";
import { rollingSharpe } from "../../engine/charts/rolling_sharpe.ts";
import { underwater } from "../../engine/charts/underwater.ts";
import { yearlyReturns } from "../../engine/charts/yearly_returns.ts";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { type Candle, Candles } from "../../engine/market/candles.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { backtestPortfolio } from "../../engine/research/backtest_portfolio.ts";
import {
  bollinger,
  crossesAbove,
  crossesBelow,
  ema,
  indicator,
  macd,
  rsi,
} from "../../engine/series/mod.ts";
import { whole } from "../../engine/strategy/parameters.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import smaCross from "../../strategies/sma_cross.ts";

/** A strategy that has everything a chart can show: lines, a pane, a band, both sides, stops. */
export const channel = strategy("channel", { window: whole(20) }, {
  build({ window }, { close }) {
    const { upper, middle, lower } = bollinger(close, window, 2), trend = ema(close, 100);
    return {
      enterLong: close.below(lower),
      exitLong: close.above(middle),
      enterShort: close.above(upper),
      exitShort: close.below(middle),
      stopLoss: 0.02,
      series: { upper, middle, lower, strength: rsi(close, 14), uptrend: close.above(trend) },
    };
  },
});

/** One that adds to its positions on dips and takes parts of them off on the way. */
const scaler = strategy("scaler", { window: whole(30) }, {
  build({ window }, { close }) {
    const { upper, middle, lower } = bollinger(close, window, 2);
    return {
      enterLong: close.below(lower),
      exitLong: close.above(upper),
      maxEntries: 3,
      reduceLong: crossesAbove(close, middle),
      series: { middle },
    };
  },
});

/** A strategy of many series: what an overview of years has to leave readable. */
const crowd = strategy("crowd", { fast: whole(20), slow: whole(100) }, {
  where: ({ fast, slow }) => fast.below(slow),
  build({ fast, slow }, { close }) {
    const quick = ema(close, fast),
      steady = ema(close, slow),
      { line, signal, histogram } = macd(close);
    const { adx, pdi, mdi } = indicator("ADX", { period: 14 }), trending = adx.above(20);
    return {
      enterLong: crossesAbove(quick, steady).and(trending),
      exitLong: crossesBelow(quick, steady),
      series: {
        ...{ quick, steady, adx, pdi, mdi, strength: rsi(close, 14), trending },
        ...{ macd: line, macd_signal: signal, histogram, rising: close.above(steady) },
      },
    };
  },
});

/** What the sample is called. */
export const SAMPLE = { symbol: "SYNTH/USDT" };

/** The sample's candles; hours over two years, or minutes. */
export function sampleCandles(timeframe: "1h" | "1m") {
  const file = new URL(`../../data/sample_candles_${timeframe}.csv.gz`, import.meta.url);
  return readCandlesCsv(decodeURIComponent(file.pathname));
}

/** Three instruments of one: as it is, its time turned about, and its prices. */
function relatives(candles: Candles): Record<string, Candles> {
  const rows = candles.rows(), last = rows.length - 1;
  const turned = rows.map(({ time, volume }, i) => {
    const { open, high, low, close } = rows[last - i];
    return { ...rows[i], time, volume, open: close, high, low, close: open };
  });
  const upsideDown = rows.map((row) => ({
    ...row,
    open: 1e6 / row.open,
    high: 1e6 / row.low,
    low: 1e6 / row.high,
    close: 1e6 / row.close,
  }));
  const made = (from: Candle[]) => Candles.fromRows(candles.timeframe, from);
  return { SYNTH: candles, TURNED: made(turned), INVERSE: made(upsideDown) };
}

/** A portfolio of them, part of which is short. */
function together(candles: Candles) {
  return backtestPortfolio(
    { SYNTH: smaCross, TURNED: channel, INVERSE: smaCross },
    relatives(candles),
    {
      params: { SYNTH: { fast: 20, slow: 100 }, INVERSE: { fast: 50, slow: 200 } },
      portfolio: { weights: "inverseVolatility", window: 48 },
    },
  );
}

/** The pictures of results in the gallery, by the name of their file. */
export async function gallery(): Promise<Record<string, Picture>> {
  const hours = await sampleCandles("1h"), minutes = await sampleCandles("1m");
  const from = hours.time[hours.length - 241];
  const crosses = [[10, 50], [20, 100], [50, 200]].map(([fast, slow]) =>
    backtest(smaCross, hours, { params: { fast, slow } })
  );
  return {
    chart: chart(backtest(channel, hours), { ...SAMPLE, from }),
    chart_years_dark: chart(crosses[1], { ...SAMPLE, theme: "dark" }),
    chart_scaled: chart(backtest(scaler, hours, { account: { size: 0.3 } }), {
      ...SAMPLE,
      from: hours.time[hours.length - 361],
      panes: ["price", "equity"],
    }),
    candles_dark: chart(minutes, {
      ...SAMPLE,
      from: minutes.time[minutes.length - 181],
      theme: "dark",
    }),
    chart_overview: chart(backtest(crowd, hours), { ...SAMPLE, scale: "log", buyAndHold: false }),
    compare: compare(crosses, SAMPLE),
    compare_log_dark: compare(crosses, { ...SAMPLE, scale: "log", theme: "dark" }),
    monthly_returns: monthlyReturns(crosses[1], SAMPLE),
    returns_histogram_dark: returnsHistogram(crosses[1], { ...SAMPLE, theme: "dark" }),
    underwater: underwater(crosses[2], SAMPLE),
    rolling_sharpe_dark: rollingSharpe(crosses[1], { ...SAMPLE, theme: "dark" }),
    yearly_returns: yearlyReturns(crosses[1], SAMPLE),
    excursions: excursions(crosses[1], SAMPLE),
    portfolio: chart(together(hours), SAMPLE),
    portfolio_log_dark: chart(together(hours), { ...SAMPLE, scale: "log", theme: "dark" }),
  };
}
