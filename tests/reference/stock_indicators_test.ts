/**
 * Operators against the results that Stock.Indicators publishes for its 502 daily quotes. They agree
 * from the first known row on, but for this:
 *
 * - MACD: its fast average starts at row 11, on the fast window's own mean; ours, as TA-Lib's, starts
 *   with the slow one at row 25. What is left of that fades by 11/13 a row. Its line is therefore held
 *   to the difference of our two averages from the first row on, and our `macd` from row 200 on.
 */
import assert from "node:assert/strict";
import type { Candles } from "../../engine/market/candles.ts";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { close, type Expression } from "../../engine/series/expression.ts";
import { atr } from "../../engine/series/operators/volatility/atr.ts";
import { bollinger } from "../../engine/series/operators/volatility/bollinger.ts";
import { deviation } from "../../engine/series/operators/statistics/deviation.ts";
import { ema } from "../../engine/series/operators/averages/ema.ts";
import { macd } from "../../engine/series/operators/oscillators/macd.ts";
import { rsi } from "../../engine/series/operators/oscillators/rsi.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { trueRange } from "../../engine/series/operators/volatility/true_range.ts";
import { wilder } from "../../engine/series/operators/averages/wilder.ts";
import { sharedPath, sharedTest } from "../support/shared.ts";
import { assertColumnsAgree, firstKnown } from "./agree.ts";
import { columnsOf } from "./columns.ts";
import { published } from "./published.ts";

let quotes: Promise<Candles> | undefined;

function candles(): Promise<Candles> {
  return quotes ??= readCandlesCsv(sharedPath("data/si_default.csv.gz"));
}

/** A published column; rows that are not known yet have no value. */
function theirs(file: string, field: string): number[] {
  const rows: Record<string, number | null>[] = JSON.parse(
    published("stock-indicators", `stock-indicators/${file}.standard.json`),
  );
  return rows.map((row) => row[field] ?? NaN);
}

async function ours(expression: Expression): Promise<Float64Array> {
  return columnsOf(await candles(), { expression }).expression;
}

const bands = bollinger(close, 20, 2);

const AGREE: [name: string, ours: Expression, file: string, field: string, first: number][] = [
  ["sma", sma(close, 20), "sma", "sma", 19],
  ["ema", ema(close, 20), "ema", "ema", 19],
  ["wilder", wilder(close, 20), "smma", "smma", 19],
  ["rsi", rsi(close, 14), "rsi", "rsi", 14],
  ["true range", trueRange(), "tr", "tr", 1],
  ["atr", atr(14), "atr", "atr", 14],
  ["deviation", deviation(close, 14), "stdev", "stdDev", 13],
  ["bollinger's upper band", bands.upper, "bb", "upperBand", 19],
  ["bollinger's middle", bands.middle, "bb", "sma", 19],
  ["bollinger's lower band", bands.lower, "bb", "lowerBand", 19],
  ["the fast average of its macd", ema(close, 12), "macd", "fastEma", 11],
  ["the slow average of its macd", ema(close, 26), "macd", "slowEma", 25],
  ["the line of its macd", ema(close, 12).minus(ema(close, 26)), "macd", "macd", 25],
];

for (const [name, expression, file, field, first] of AGREE) {
  sharedTest(`${name} is that of Stock.Indicators`, async () => {
    const expected = theirs(file, field);
    assert.equal(expected.length, 502);
    assert.equal(firstKnown(expected), first);
    assert.equal(assertColumnsAgree(await ours(expression), expected, name), 502 - first);
  });
}

sharedTest("macd is that of Stock.Indicators once its other start has faded", async () => {
  const { line, signal, histogram } = macd(close);
  for (
    const [name, expression, field] of [
      ["line", line, "macd"],
      ["signal", signal, "signal"],
      ["histogram", histogram, "histogram"],
    ] as const
  ) {
    const column = await ours(expression), expected = theirs("macd", field);
    assert.equal(firstKnown(column), name === "line" ? 25 : 33);
    assert.notEqual(column[33], expected[33], "the starts differ");
    // The histogram is what two lines that nearly cancel leave: it is good to their last digits.
    assertColumnsAgree(column, expected, name, { from: 200, absolute: 1e-10 });
  }
});
