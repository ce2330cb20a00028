/**
 * Operators against TA-Lib's C library. talib/golden.json.gz holds its results for made prices;
 * talib/make_golden.py makes it anew.
 *
 * TA-Lib takes deviations from running sums of squares, which lose digits the longer they run. Over
 * these 200 rows it is still good to 1e-9; ours are held to exact arithmetic besides.
 */
import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { close, type Expression, high, low } from "../../engine/series/expression.ts";
import { atr } from "../../engine/series/operators/volatility/atr.ts";
import { bollinger } from "../../engine/series/operators/volatility/bollinger.ts";
import { deviation } from "../../engine/series/operators/statistics/deviation.ts";
import { ema } from "../../engine/series/operators/averages/ema.ts";
import { highest, lowest } from "../../engine/series/operators/statistics/extremes.ts";
import { macd } from "../../engine/series/operators/oscillators/macd.ts";
import { rsi } from "../../engine/series/operators/oscillators/rsi.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { sum } from "../../engine/series/operators/statistics/sum.ts";
import { trueRange } from "../../engine/series/operators/volatility/true_range.ts";
import { assertColumnsAgree, firstKnown } from "./agree.ts";
import { candlesOf, columnsOf } from "./columns.ts";

interface Series {
  name: string;
  decimals: number;
  ticks: Record<"open" | "high" | "low" | "close", number[]>;
  expected: Record<string, (number | null)[]>;
}

const golden: { library: string; series: Series[] } = JSON.parse(
  new TextDecoder().decode(
    gunzipSync(Deno.readFileSync(new URL("talib/golden.json.gz", import.meta.url))),
  ),
);

/** Ours, by the names of the golden file. */
function ours(): Record<string, Expression> {
  const windows = (name: string, make: (window: number) => Expression, ...windows: number[]) =>
    Object.fromEntries(windows.map((window) => [`${name} ${window}`, make(window)]));
  const lines = (name: string, lines: object) =>
    Object.fromEntries(Object.entries(lines).map(([line, series]) => [`${name} ${line}`, series]));
  return {
    ...windows("sma", (n) => sma(close, n), 2, 20),
    ...windows("ema", (n) => ema(close, n), 2, 12, 50),
    ...windows("rsi", (n) => rsi(close, n), 2, 14),
    ...lines("macd 12 26 9", macd(close)),
    ...lines("macd 3 10 4", macd(close, { fast: 3, slow: 10, signal: 4 })),
    ...lines("bollinger 20 2.0", bollinger(close)),
    ...lines("bollinger 5 1.5", bollinger(close, 5, 1.5)),
    ...windows("deviation", (n) => deviation(close, n), 5, 20),
    "true range": trueRange(),
    ...windows("atr", atr, 5, 14),
    ...windows("highest", (n) => highest(high, n), 2, 14),
    ...windows("lowest", (n) => lowest(low, n), 2, 14),
    ...windows("sum", (n) => sum(close, n), 2, 14),
  };
}

/** First known rows, as TA-Lib's conventions give them. */
const FIRST_ROWS: Record<string, number> = {
  "sma 20": 19,
  "ema 12": 11,
  "ema 50": 49,
  "rsi 14": 14,
  "macd 12 26 9 signal": 33,
  "bollinger 20 2.0 upper": 19,
  "true range": 1,
  "atr 14": 14,
  "highest 14": 13,
};

const numbers = (column: (number | null)[]) => column.map((value) => value ?? NaN);

/** The mean of whole ticks in price units: whole sums, one division. */
function exactMean(ticks: number[], window: number, scale: number): number[] {
  return ticks.map((_, i) => {
    const part = ticks.slice(Math.max(0, i + 1 - window), i + 1);
    const sum = part.reduce((sum, tick) => sum + tick, 0);
    return part.length === window ? sum / (window * scale) : NaN;
  });
}

const all = golden.series.map((series) => {
  const { decimals, ticks } = series;
  const price = (column: number[]) => column.map((tick) => tick / 10 ** decimals);
  const prices = {
    open: price(ticks.open),
    high: price(ticks.high),
    low: price(ticks.low),
    close: price(ticks.close),
  };
  return { ...series, prices, columns: columnsOf(candlesOf(prices, { decimals }), ours()) };
});

const indicators = Object.keys(golden.series[0].expected).filter((name) => name in ours());

for (const indicator of indicators) {
  Deno.test(`${indicator} is that of ${golden.library}`, () => {
    for (const { name, expected, prices, columns } of all) {
      const column = columns[indicator], wanted = numbers(expected[indicator]);
      const from = firstKnown(wanted);
      // TA-Lib shows its MACD line from its signal's first row on; ours is known before.
      if (!indicator.endsWith("line")) assert.equal(firstKnown(column), from);
      if (indicator in FIRST_ROWS) assert.equal(firstKnown(column), FIRST_ROWS[indicator]);
      // Two averages that cancel leave the last digits of the price.
      const absolute = indicator.startsWith("macd") ? 1e-15 * prices.close[0] : 0;
      assertColumnsAgree(column, wanted, `${indicator} on ${name}`, { from, absolute });
    }
  });
}

Deno.test("every golden column is compared", () => {
  assert.deepEqual(Object.keys(ours()).toSorted(), indicators.toSorted());
  for (const { expected } of golden.series) {
    const others = Object.keys(expected).filter((name) => !indicators.includes(name));
    assert.deepEqual(others, ["exact deviation 5", "exact deviation 20"]);
  }
});

Deno.test("deviations are the exact ones", () => {
  for (const { name, expected, columns } of all) {
    for (const window of [5, 20]) {
      const exact = numbers(expected[`exact deviation ${window}`]);
      assert.equal(firstKnown(exact), window - 1);
      assertColumnsAgree(columns[`deviation ${window}`], exact, name, { tolerance: 1e-12 });
    }
  }
});

Deno.test("bollinger bands are exact deviations around the exact mean", () => {
  for (const { name, decimals, ticks, expected, columns } of all) {
    for (const [window, width, label] of [[20, 2, "20 2.0"], [5, 1.5, "5 1.5"]] as const) {
      const exact = numbers(expected[`exact deviation ${window}`]);
      const mean = exactMean(ticks.close, window, 10 ** decimals);
      for (const [line, sign] of [["upper", 1], ["middle", 0], ["lower", -1]] as const) {
        const wanted = mean.map((mean, i) => mean + sign * width * exact[i]);
        const tolerance = line === "middle" ? 0 : 1e-13;
        assertColumnsAgree(columns[`bollinger ${label} ${line}`], wanted, name, { tolerance });
      }
    }
  }
});
