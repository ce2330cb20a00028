import assert from "node:assert/strict";
import { seededRandom } from "../../data/random.ts";
import type { Candles } from "../../engine/market/candles.ts";
import { close, type Numeric, volume } from "../../engine/series/expression.ts";
import { deviation } from "../../engine/series/operators/statistics/deviation.ts";
import { bollinger } from "../../engine/series/operators/volatility/bollinger.ts";
import { highest, lowest } from "../../engine/series/operators/statistics/extremes.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { sum } from "../../engine/series/operators/statistics/sum.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { assertSameBits } from "../laws/same_bits.ts";
import { columnsOf, evaluate } from "./evaluate.ts";
import { nearest, nearestOfUnits, wholeUnits } from "./rational.ts";

const CANDLES = madeCandles({ rows: 3_000, seed: 21 });
const TICKS = Array.from(CANDLES.close, (price) => BigInt(Math.round(price * 100)));
const WINDOWS = [1, 2, 3, 7, 30, 365, 2_999];

/** What `compute` makes of each window of values, NaN where the window is not full. */
function rolling<T>(values: ArrayLike<T>, window: number, compute: (values: T[]) => number) {
  return Float64Array.from(
    { length: values.length },
    (_, i) =>
      i + 1 < window
        ? NaN
        : compute(Array.from({ length: window }, (_, j) => values[i - window + 1 + j])),
  );
}

const total = (values: bigint[]) => values.reduce((a, b) => a + b, 0n);

for (const window of WINDOWS) {
  Deno.test(`sma and sum of prices over ${window} rows are the exact ones, rounded once`, () => {
    const means = rolling(TICKS, window, (values) => nearest(total(values), 100n * BigInt(window)));
    assertSameBits(evaluate(sma(close, window), CANDLES), means, "sma");
    const sums = rolling(TICKS, window, (values) => nearest(total(values), 100n));
    assertSameBits(evaluate(sum(close, window), CANDLES), sums, "sum");
  });
}

Deno.test("Equal means are equal bits: ties are ties, and there are many", () => {
  const fast = evaluate(sma(close, 3), CANDLES), slow = evaluate(sma(close, 6), CANDLES);
  let ties = 0;
  for (let i = 5; i < TICKS.length; i++) {
    const threes = total(TICKS.slice(i - 2, i + 1)) * 2n, sixes = total(TICKS.slice(i - 5, i + 1));
    assert.equal(fast[i] === slow[i], threes === sixes, `row ${i}`);
    assert.equal(fast[i] > slow[i], threes > sixes, `row ${i}`);
    if (threes === sixes) ties++;
  }
  assert(ties > 50, `only ${ties} ties`);
});

Deno.test("The scale of the ticks changes no bit", () => {
  const run = (x: Numeric, decimals: number) =>
    evaluate(x, { ...CANDLES, length: CANDLES.length, decimals } as Candles);
  for (const x of [sma(close, 7), sum(close, 30), deviation(close, 20), deviation(close, 21)]) {
    const expected = run(x, 2);
    for (const decimals of [3, 4, 6, 10, 11]) {
      assertSameBits(run(x, decimals), expected, `${decimals}`);
    }
  }
});

Deno.test("A price between ticks is refused: its sum would be of another price", () => {
  const candles = columnsOf({ close: [1.25, 1.26, 1.255] }, 2);
  assert.throws(() => evaluate(sma(close, 2), candles), {
    name: "InputError",
    message: "close 1.255 is no whole number of ticks of 0.01, the instrument's tick",
  });
});

/** Numbers with ties, great jumps, and stretches of unknown and infinite ones. */
function computedColumn(length: number, seed: number): number[] {
  const random = seededRandom(seed), column: number[] = [];
  let value = 0, unknown = 0;
  for (let i = 0; i < length; i++) {
    if (random() < 0.6) value = (random() - 0.5) * (random() < 0.02 ? 1e9 : 10);
    if (random() < 0.01) unknown = 1 + Math.floor(30 * random());
    column.push(unknown-- > 0 ? (random() < 0.8 ? NaN : Infinity) : value);
  }
  return column;
}

const COMPUTED = computedColumn(4_000, 5), ODD = columnsOf({ volume: COMPUTED });
const isKnown = (values: number[]) => values.every(Number.isFinite);

for (const window of [1, 2, 5, 40]) {
  Deno.test(`sum and sma of a computed column over ${window} rows recover after unknown rows`, () => {
    const check = (found: Float64Array, divisor: bigint) => {
      const exact = rolling(
        COMPUTED,
        window,
        (values) => isKnown(values) ? nearestOfUnits(total(values.map(wholeUnits)), divisor) : NaN,
      );
      exact.forEach((value, i) => {
        const off = Math.abs(found[i] - value), size = Math.abs(value);
        assert(
          Object.is(found[i], value) || off <= 2 ** -52 * size,
          `row ${i}: ${found[i]} ${value}`,
        );
      });
      const known = exact.filter((value) => value === value).length;
      assert(known > 1_000 && known < 3_900, `${known} rows known`);
    };
    check(evaluate(sum(volume, window), ODD), 1n);
    check(evaluate(sma(volume, window), ODD), BigInt(window));
  });

  Deno.test(`highest and lowest over ${window} rows`, () => {
    const naive = (pick: (...values: number[]) => number) =>
      rolling(COMPUTED, window, (values) => values.some(Number.isNaN) ? NaN : pick(...values) + 0);
    assertSameBits(evaluate(highest(volume, window), ODD), naive(Math.max), "highest");
    assertSameBits(evaluate(lowest(volume, window), ODD), naive(Math.min), "lowest");
  });
}

/** The deviation of ticks as a population: exact variance, one rounding, one root. */
function exactDeviation(ticks: bigint[], scale = 100n): number {
  const n = BigInt(ticks.length), squares = total(ticks.map((tick) => tick * tick));
  return Math.sqrt(nearest(n * squares - total(ticks) ** 2n, n * n * scale * scale));
}

for (const window of [1, 2, 5, 20, 300]) {
  Deno.test(`deviation over ${window} rows is the exact one, rounded once before the root`, () => {
    const exact = rolling(TICKS, window, (ticks) => exactDeviation(ticks));
    assertSameBits(evaluate(deviation(close, window), CANDLES), exact, "deviation");
    assertSameBits(evaluate(bollinger(close, window, 1).middle, CANDLES), means(window), "middle");
    if (window <= 5) assert(exact.some((value) => value === 0), "no calm window to be exact on");
  });
}

function means(window: number): Float64Array {
  return rolling(TICKS, window, (values) => nearest(total(values), 100n * BigInt(window)));
}

for (const decimals of [0, 4, 8, 10]) {
  Deno.test(`deviation is exact however far prices of ${decimals} decimals go`, () => {
    const random = seededRandom(3 + decimals), scale = 10 ** decimals, ticks: number[] = [];
    // Calm at first, then farther than whole numbers of a double's 53 bits tell, and calm again.
    for (let i = 0; i < 900; i++) {
      const reach = i < 300 || i > 600 ? 30 : 2 ** 36;
      ticks.push(2 ** 36 + Math.floor(reach * (random() - 0.5)));
    }
    const candles = columnsOf({ close: ticks.map((tick) => tick / scale) }, decimals);
    for (const window of [3, 21, 140]) {
      const exact = rolling(
        ticks.map(BigInt),
        window,
        (ticks) => exactDeviation(ticks, BigInt(scale)),
      );
      assertSameBits(evaluate(deviation(close, window), candles), exact, `${window} rows`);
    }
  });
}

Deno.test("A calm market far from 0 keeps its digits: no difference of squares is taken", () => {
  const prices = Array.from({ length: 200 }, (_, i) => 99_999.99 + (i % 2) * 0.01);
  const found = evaluate(deviation(close, 20), columnsOf({ close: prices }, 2));
  assert(found.slice(19).every((value) => Math.abs(value - 0.005) < 1e-11));
});
