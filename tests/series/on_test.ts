import assert from "node:assert/strict";
import { Candles } from "../../engine/market/candles.ts";
import { resample } from "../../engine/market/resample.ts";
import { closeTime, openTime, type Timeframe } from "../../engine/market/timeframe.ts";
import { close, type Expression, high, low, volume } from "../../engine/series/expression.ts";
import { ema } from "../../engine/series/operators/averages/ema.ts";
import { on } from "../../engine/series/operators/candles/on.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { Plan } from "../../engine/series/plan.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { assertSameBits } from "../laws/same_bits.ts";
import { evaluate } from "./evaluate.ts";

const CANDLES = madeCandles({ rows: 6_000, seed: 41 });

/**
 * What was known at each row of a series over longer candles: that of the newest one that had closed
 * by then. A longer candle whose last row is missing is known with the first row behind it.
 */
function lookup(candles: Candles, longer: Candles, values: Float64Array): Float64Array {
  return Float64Array.from(candles.time, (time) => {
    const newest = longer.time.findLastIndex((close) => close <= time);
    return newest < 0 ? NaN : values[newest];
  });
}

const CASES: [name: string, make: () => Expression, known: number][] = [
  ["close", () => close, 0.9],
  ["volume", () => volume, 0.9],
  ["the mean of 5 closes", () => sma(close, 5), 0.9],
  ["the ema of 9 ranges", () => ema(high.minus(low), 9), 0.85],
];

for (const timeframe of ["3m", "5m", "1h", "2h"] as const) {
  for (const [name, make, least] of CASES) {
    Deno.test(`on("${timeframe}") of ${name} is the newest closed one, gaps or not`, () => {
      const longer = resample(CANDLES, timeframe);
      const expected = lookup(CANDLES, longer, evaluate(make(), longer));
      const x = make() as typeof close, found = evaluate(on(timeframe, x), CANDLES);
      assertSameBits(found, expected, name);
      const known = found.filter((value) => value === value).length / found.length;
      assert(known > least || timeframe === "2h", `only ${known} known`);
    });
  }
}

Deno.test("The made candles have what matters: gaps that swallow the end of an hour, and whole hours", () => {
  const ends = new Set(Array.from(CANDLES.time)), hours = new Set<number>();
  for (const time of CANDLES.time) hours.add(closeTime(openTime(time, "1m"), "1h"));
  const unfinished = [...hours].filter((hour) => !ends.has(hour));
  assert(unfinished.length > 3, `${unfinished.length} hours without their last minute`);
  assert(CANDLES.gaps().length > 5);
});

/** Minute candles at these minutes (of closing) whose close is the minute. */
function minutes(closes: number[]): Candles {
  const row = { open: 1, high: 999, low: 1, volume: 1, trades: 1, kind: "traded" as const };
  return Candles.fromRows(
    "1m",
    closes.map((minute) => ({
      ...row,
      close: minute,
      time: minute * 60_000,
    })),
    0,
  );
}

Deno.test("A value appears on the row that closes the longer candle, and stays", () => {
  const found = evaluate(on("5m", close), minutes([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]));
  assert.deepEqual([...found], [NaN, NaN, NaN, NaN, 5, 5, 5, 5, 5, 10, 10]);
});

Deno.test("A partial first candle gives nothing", () => {
  const found = evaluate(on("5m", close), minutes([3, 4, 5, 6, 7, 8, 9, 10]));
  assert.deepEqual([...found], [NaN, NaN, NaN, NaN, NaN, NaN, NaN, 10]);
});

Deno.test("Where the closing row is missing, the value appears on the next row there is", () => {
  const found = evaluate(on("5m", close), minutes([1, 2, 3, 4, 6, 7, 8, 9, 10, 21, 22]));
  assert.deepEqual([...found], [NaN, NaN, NaN, NaN, 4, 4, 4, 4, 10, 10, 10]);
});

Deno.test("A gap over whole longer candles makes none up: rows are counted, not time", () => {
  const closes = [1, 2, 3, 4, 5, 21, 22, 23, 24, 25, 26];
  const found = evaluate(on("5m", sma(close, 2)), minutes(closes));
  assert.deepEqual([...found.subarray(-3)], [NaN, 15, 15]);
});

Deno.test("Two longer candles that are known at one row: the newer is shown, both were computed", () => {
  // Minute 9 is the last of the second candle, whose end is missing; minute 15 ends the third alone.
  const found = evaluate(on("5m", sma(close, 3)), minutes([1, 2, 3, 4, 5, 6, 9, 15, 16]));
  assert.deepEqual([...found.subarray(-2)], [(5 + 9 + 15) / 3, (5 + 9 + 15) / 3]);
});

Deno.test("The run's own timeframe is the series itself, and conditions can be shown too", () => {
  const candles = minutes([1, 2, 3, 4, 5, 6]);
  assert.deepEqual([...evaluate(on("1m", close), candles)], [1, 2, 3, 4, 5, 6]);
  assert.deepEqual([...evaluate(on("5m", close.above(3)), candles)], [NaN, NaN, NaN, NaN, 1, 1]);
});

Deno.test("Clocks within clocks: a day of hours is a day of minutes", () => {
  const nested = evaluate(on("1h", on("4h", close)), CANDLES);
  const hours = resample(CANDLES, "1h"), fours = resample(hours, "4h");
  const hourly = lookup(hours, fours, Float64Array.from(fours.close));
  assertSameBits(nested, lookup(CANDLES, hours, hourly), "nested");
  assert(nested.filter((value) => value === value).length > 4_000);
});

Deno.test("A shorter timeframe, or one that does not fit, is refused", () => {
  const refused = (from: Timeframe, to: Timeframe) =>
    assert.throws(
      () => new Plan({ x: on(to, close) }, { timeframe: from, decimals: 2 }),
      ({ name, message }: Error) =>
        name === "InputError" && message.startsWith(`Cannot make ${to} candles of ${from} ones`),
    );
  refused("1h", "5m");
  refused("8h", "12h");
  refused("1w", "1M");
});
