/**
 * Operators against vectorbt's and pandas' columns for 5,000 hourly EURUSD candles. What differs:
 *
 * - Exponential averages of both (`adjust=False`) start from the first value; ours from the mean of the
 *   first window, as TA-Lib's. The difference fades by 1 - weight a row, so they are compared from row
 *   600 on.
 * - The true range of the first row is its high less its low; ours is unknown, as nothing closed before.
 * - vectorbt's own RSI, MACD and ATR are averages of another kind (plain or exponential with the weight
 *   2 / (window + 1)): not compared. pandas' Wilder columns stand for them.
 * - vectorbt's deviations come from running sums of squares, whose last digits are those of the price
 *   squared: compared to 1e-9 of the price instead of 1e-9 of the deviation.
 * - MACD's lines are small differences of averages near 1.1, each with a last digit of 2e-16: where they
 *   pass through 0 they are compared to 1e-15.
 */
import assert from "node:assert/strict";
import { close, type Expression } from "../../engine/series/expression.ts";
import { atr } from "../../engine/series/operators/volatility/atr.ts";
import { bollinger } from "../../engine/series/operators/volatility/bollinger.ts";
import { deviation } from "../../engine/series/operators/statistics/deviation.ts";
import { ema } from "../../engine/series/operators/averages/ema.ts";
import { macd } from "../../engine/series/operators/oscillators/macd.ts";
import { rsi } from "../../engine/series/operators/oscillators/rsi.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { trueRange } from "../../engine/series/operators/volatility/true_range.ts";
import { sharedTest } from "../support/shared.ts";
import { assertColumnsAgree } from "./agree.ts";
import { columnsOf } from "./columns.ts";
import { cellNumber, csvRows, publishedText } from "./published.ts";
import { publishedCandles } from "./published_candles.ts";

const bands = bollinger(close, 20, 2), lines = macd(close);

const FADED = 600;

const AGREE: [theirs: string, ours: Expression, from: number, absolute?: number][] = [
  ["sma5", sma(close, 5), 0],
  ["sma20", sma(close, 20), 0],
  ["mstd5", deviation(close, 5), 0, 1e-9],
  ["mstd20", deviation(close, 20), 0, 1e-9],
  ["bb_up", bands.upper, 0],
  ["bb_mid", bands.middle, 0],
  ["bb_lo", bands.lower, 0],
  ["tr", trueRange(), 1],
  ["ema5", ema(close, 5), FADED],
  ["ema20", ema(close, 20), FADED],
  ["ema20_adjustTrue_pandas", ema(close, 20), FADED],
  ["rsi14_wilder_pandas", rsi(close, 14), FADED],
  ["atr14_wilder_pandas", atr(14), FADED],
  ["macd_ewm", lines.line, FADED, 1e-15],
  ["macd_ewm_signal", lines.signal, FADED, 1e-15],
  ["macd_ewm_hist", lines.histogram, FADED, 1e-15],
];

sharedTest("operators agree with vectorbt's and pandas' columns", async (t) => {
  const rows = csvRows(publishedText("indicators_eurusd.csv.gz"));
  const expressions = Object.fromEntries(AGREE.map(([name, expression]) => [name, expression]));
  const columns = columnsOf(publishedCandles("EURUSD").candles, expressions);
  for (const [name, , from, absolute] of AGREE) {
    await t.step(name, () => {
      const expected = rows.map((row) => cellNumber(row[name]));
      const known = assertColumnsAgree(columns[name], expected, name, { from, absolute });
      assert(known >= 5_000 - Math.max(from, 33));
    });
  }
});
