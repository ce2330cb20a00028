import assert from "node:assert/strict";
import fc from "fast-check";
import { CandleBuilder } from "../../engine/market/candle_builder.ts";
import { type Candle, Candles } from "../../engine/market/candles.ts";
import { InputError } from "../../engine/market/errors.ts";
import { resample, Resampler } from "../../engine/market/resample.ts";
import type { Timeframe } from "../../engine/market/timeframe.ts";
import { assertProperty } from "../support/property.ts";

const MINUTE = 60_000, START = Date.UTC(2024, 1, 28, 22);

const minute = (n: number, price = 100, volume = 1): Candle => {
  const prices = { open: price, high: price + 1, low: price - 1, close: price };
  return { time: START + n * MINUTE, ...prices, volume, trades: 1, kind: "traded" };
};

const minutes = (numbers: number[]) => Candles.fromRows("1m", numbers.map((n) => minute(n)));

const times = (candles: Candles) => Array.from(candles.time, (time) => (time - START) / MINUTE);

Deno.test("coarse candles of fine ones equal coarse candles of the trades", () => {
  const trades = fc.array(
    fc.record({
      pause: fc.integer({ min: 0, max: 400_000 }),
      cents: fc.integer({ min: 1, max: 9_999_999 }),
      ticks: fc.integer({ min: 1, max: 10 ** 7 }),
    }),
    { minLength: 2, maxLength: 80 },
  );
  const coarse = fc.constantFrom<Timeframe>("1m", "3m", "5m", "15m", "1h", "1d");
  assertProperty(fc.property(trades, coarse, (rows, timeframe) => {
    const fine = new CandleBuilder({ timeframe: "1m", observedFrom: START });
    const direct = new CandleBuilder({ timeframe, observedFrom: START });
    const ones: Candle[] = [], expected: Candle[] = [];
    let timestamp = START;
    rows.forEach(({ pause, cents, ticks }, i) => {
      timestamp += i === 0 ? 0 : pause;
      const price = cents / 100, amount = ticks / 1e5;
      const trade = { id: `${i}`, timestamp, price, amount, side: "buy" as const };
      ones.push(...fine.add(trade));
      expected.push(...direct.add(trade));
    });
    assert.deepEqual(resample(Candles.fromRows("1m", ones), timeframe).rows(), expected);
  }));
});

Deno.test("a candle closes with the row that ends it", () => {
  const resampler = new Resampler("1m", "5m"), closedAt: number[] = [];
  const rows = minutes([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  for (let i = 0; i < rows.length; i++) resampler.push(rows, i, () => closedAt.push(i));
  assert.deepEqual(closedAt, [4, 9]);
});

Deno.test("where the row that ends a candle is missing, it closes before the next row", () => {
  const resampler = new Resampler("1m", "5m"), closed: [number, Candle][] = [];
  const rows = minutes([1, 2, 3, 7, 8]);
  for (let i = 0; i < rows.length; i++) {
    resampler.push(rows, i, (candle) => closed.push([i, candle]));
  }
  assert.equal(closed.length, 1);
  const [[row, candle]] = closed;
  assert.deepEqual([row, candle.time, candle.volume], [3, START + 5 * MINUTE, 3]);
});

Deno.test("silence at the start of a candle does not open it, nor widen it", () => {
  const silent = { open: 90, high: 90, low: 90, close: 90, volume: 0, trades: 0 };
  const rows = [1, 2, 3, 4, 5].map((n) => minute(n, 100 + n));
  rows[0] = { ...rows[0], ...silent, kind: "empty" };
  const [candle] = resample(Candles.fromRows("1m", rows), "5m").rows();
  assert.deepEqual([candle.open, candle.high, candle.low, candle.close], [102, 106, 101, 105]);
  assert.deepEqual([candle.volume, candle.trades, candle.kind], [4, 4, "traded"]);
});

Deno.test("a candle of nothing but silence is empty", () => {
  const flat = { open: 90, high: 90, low: 90, close: 90, volume: 0, trades: 0 };
  const rows = [1, 2, 3, 4, 5].map((n) => ({ ...minute(n), ...flat, kind: "empty" as const }));
  const [candle] = resample(Candles.fromRows("1m", rows), "5m").rows();
  assert.deepEqual(candle, { time: START + 5 * MINUTE, ...flat, kind: "empty" });
});

Deno.test("a candle of others whose trades nobody counted is backfilled", () => {
  const rows = [1, 2, 3, 4, 5].map((n) => ({ ...minute(n), trades: NaN }));
  const [candle] = resample(Candles.fromRows("1m", rows), "5m").rows();
  assert.deepEqual([candle.trades, candle.kind], [NaN, "backfilled"]);
});

Deno.test("where a source has no volumes, flat rows count like any other", () => {
  const rows = [1, 2, 3, 4, 5].map((n) => minute(n, 100 + n, 0));
  rows[0] = { ...rows[0], open: 90, high: 90, low: 90, close: 90 };
  const [candle] = resample(Candles.fromRows("1m", rows), "5m").rows();
  assert.deepEqual([candle.open, candle.high, candle.low], [90, 106, 90]);
});

Deno.test("an interval that began before the first row gives no candle", () => {
  assert.deepEqual(times(resample(minutes([3, 4, 5, 6, 7, 8, 9, 10]), "5m")), [10]);
});

Deno.test("an unfinished interval at the end gives no candle of a complete source", () => {
  const rows = minutes([1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual(times(resample(rows, "5m")), [5]);
  assert.deepEqual(times(resample(rows, "5m", { source: "sparse" })), [5, 10]);
});

Deno.test("days make calendar months", () => {
  const days = Array.from({ length: 60 }, (_, i) => ({
    ...minute(0),
    time: Date.UTC(2024, 0, 2 + i),
  }));
  const months = resample(Candles.fromRows("1d", days), "1M");
  assert.deepEqual([...months.time], [Date.UTC(2024, 1), Date.UTC(2024, 2)]);
  assert.deepEqual([...months.trades], [31, 29]);
});

Deno.test("only boundaries that nest are resampled", () => {
  const week = Candles.fromRows("1w", []);
  assert.throws(() => resample(week, "1M"), (error: Error) => {
    assert.ok(error instanceof InputError);
    assert.match(error.message, /1w candles to 1M/);
    return true;
  });
  assert.throws(() => resample(minutes([1]), "1s"), InputError);
});

Deno.test("silence at a price that a late trade has moved is silence still, and opens no candle", () => {
  const flat = (time: number, price: number): Candle => {
    const prices = { open: price, high: price, low: price, close: price };
    return { time, ...prices, volume: 0, trades: 0, kind: "empty" };
  };
  const traded: Candle = {
    ...{ time: 180_000, open: 9, high: 9, low: 8, close: 8, volume: 2, trades: 2, kind: "traded" },
  };
  const made = (rows: Candle[]) => resample(Candles.fromRows("1m", rows), "3m").row(0);
  const silent = [flat(60_000, 5), flat(120_000, 7)];
  assert.deepEqual(made([...silent, flat(180_000, 7)]), flat(180_000, 7));
  assert.deepEqual(made([...silent, traded]), traded);
  // Where nobody counted trades, prices that move are prices.
  const unknown = [...silent, flat(180_000, 6)].map((row) => ({ ...row, trades: NaN }));
  assert.deepEqual([made(unknown).open, made(unknown).high, made(unknown).close], [5, 7, 6]);
});
