import assert from "node:assert/strict";
import { seededRandom } from "../../data/random.ts";
import { close, open, volume } from "../../engine/series/expression.ts";
import { adaptive } from "../../engine/series/operators/averages/adaptive.ts";
import { vidya } from "../../engine/series/operators/averages/vidya.ts";
import { wma } from "../../engine/series/operators/averages/wma.ts";
import { zlema } from "../../engine/series/operators/averages/zlema.ts";
import { pricePlace } from "../../engine/series/operators/oscillators/price_place.ts";
import { product } from "../../engine/series/operators/statistics/product.ts";
import { trailingBands } from "../../engine/series/operators/trend/supertrend.ts";
import { linearRegression } from "../../engine/series/operators/trend/linear_regression.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { assertColumnsAgree } from "../reference/agree.ts";
import { columnsOf, evaluate } from "./evaluate.ts";
import { nearest } from "./rational.ts";

const CANDLES = madeCandles({ rows: 2_000, seed: 5 });
const PRICES = Array.from(CANDLES.close), TICKS = PRICES.map((p) => BigInt(Math.round(p * 100)));

/** Each window's ticks, oldest first; none before it is full. */
const windows = <T>(values: T[], window: number) =>
  values.map((_, i) => i + 1 < window ? undefined : values.slice(i + 1 - window, i + 1));

for (const window of [1, 2, 9, 200]) {
  Deno.test(`wma of prices over ${window} rows is the exact one, rounded once`, () => {
    const found = evaluate(wma(close, window), CANDLES), n = BigInt(window);
    windows(TICKS, window).forEach((ticks, i) => {
      const sum = ticks?.reduce((sum, tick, j) => sum + BigInt(j + 1) * tick, 0n);
      const wanted = sum === undefined ? NaN : nearest(sum, 100n * n * (n + 1n) / 2n);
      assert(Object.is(found[i], wanted), `row ${i}: ${found[i]} is not ${wanted}`);
    });
  });
}

Deno.test("Slopes of prices are the exact ones: ties are ties, and a flat market has none", () => {
  const { slope, value } = linearRegression(close, 6);
  const found = evaluate(slope, CANDLES), ends = evaluate(value, CANDLES);
  let flat = 0;
  windows(TICKS, 6).forEach((ticks, i) => {
    if (!ticks) return assert(Number.isNaN(found[i]));
    // Places around their middle, doubled so that they are whole: −5, −3, −1, 1, 3, 5.
    const tilt = ticks.reduce((sum, tick, j) => sum + BigInt(2 * j - 5) * tick, 0n);
    assert(Object.is(found[i], nearest(tilt, 2n * 1750n)), `row ${i}`);
    if (tilt === 0n) flat++;
    const mean = Number(ticks.reduce((a, b) => a + b)) / 600;
    assert(Math.abs(ends[i] - (mean + 2.5 * found[i])) < 1e-11);
  });
  assert(flat > 3, `only ${flat} flat windows`);
});

Deno.test("adaptive starts from the row before its first weight and stands still where unknown", () => {
  const x = [10, 20, 30, NaN, 50, 60], weight = [NaN, 0.5, 1, 0.5, 0.1, 0];
  const found = evaluate(adaptive(close, volume), columnsOf({ close: x, volume: weight }));
  assert.deepEqual([...found], [NaN, 15, 30, NaN, 32, 32]);
});

Deno.test("vidya follows by the size of Chande's momentum", () => {
  const found = evaluate(vidya(close, 12, 9), CANDLES), wanted: number[] = [];
  let value = PRICES[8];
  PRICES.forEach((price, i) => {
    if (i < 9) return wanted.push(NaN);
    const moves = PRICES.slice(i - 8, i + 1).map((p, j) => p - PRICES[i - 9 + j]);
    const way = moves.reduce((sum, move) => sum + Math.abs(move), 0);
    if (way === 0) return wanted.push(NaN);
    const share = Math.abs(price - PRICES[i - 9]) / way * 2 / 13;
    wanted.push(value = share * price + (1 - share) * value);
  });
  assertColumnsAgree(found, wanted, "vidya", { tolerance: 1e-11 });
});

Deno.test("zlema is the exponential average of prices ahead by what they moved", () => {
  const found = evaluate(zlema(close, 8), CANDLES), wanted: number[] = [];
  const ahead = PRICES.map((price, i) => i < 3 ? NaN : 2 * price - PRICES[i - 3]);
  let value = 0;
  ahead.forEach((x, i) => {
    if (i < 10) return wanted.push(NaN);
    value = i === 10 ? ahead.slice(3, 11).reduce((a, b) => a + b) / 8 : 2 / 9 * x + 7 / 9 * value;
    wanted.push(value);
  });
  assertColumnsAgree(found, wanted, "zlema", { tolerance: 1e-12 });
});

Deno.test("product and pricePlace look at their window alone", () => {
  const random = seededRandom(3), factors = Array.from({ length: 50 }, () => 0.5 + random());
  const wanted = windows(factors, 4).map((rows) => rows?.reduce((a, b) => a * b) ?? NaN);
  const found = evaluate(product(close, 4), columnsOf({ close: factors }));
  assertColumnsAgree(found, wanted, "product", { tolerance: 1e-15 });
  const prices = { close: [3, 1, 5, 5], high: [4, 4, 5, 5], low: [2, 1, 5, 5] };
  assert.deepEqual([...evaluate(pricePlace(2), columnsOf(prices))], [NaN, 0, 1, NaN]);
});

Deno.test("trailing bands only come closer, until they are passed", () => {
  const prices = [10, 11, 12, 13, 9, 8, 14, 15], middles = [10, 11, 13, 12, 10, 8, 9, 15];
  const bands = trailingBands(close, open, 2);
  const candles = columnsOf({ close: prices, open: middles });
  // Below: 8, 9, 11, 11, then 9 is below 11. Above: 12, 10, and 14 is above 10, so the lower one is drawn anew.
  assert.deepEqual([...evaluate(bands.line, candles)], [8, 9, 11, 11, 12, 10, 7, 13]);
  assert.deepEqual([...evaluate(bands.direction, candles)], [1, 1, 1, 1, -1, -1, 1, 1]);
});
