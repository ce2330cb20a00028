/** Sweeps of what is rare held to their backtests: ruin, reversals, idle cash, days that end with a chunk. */
import assert from "node:assert/strict";
import { readCandlesCsv } from "../../../engine/market/candles_csv.ts";
import { Candles } from "../../../engine/market/candles.ts";
import { backtest } from "../../../engine/research/backtest.ts";
import { halvingRungs } from "../../../engine/research/sweep/halving_rungs.ts";
import { SWEEP_NUMBERS } from "../../../engine/research/sweep/numbers.ts";
import { sweep } from "../../../engine/search/sweep.ts";
import type { SweepOptions } from "../../../engine/search/sweep_options.ts";
import { sma } from "../../../engine/series/mod.ts";
import { whole } from "../../../engine/strategy/parameters.ts";
import { type Strategy, strategy } from "../../../engine/strategy/strategy.ts";
import smaCross from "../../../strategies/sma_cross.ts";

const sample = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 24 * 250);
const PAIRS = [2, 3, 5, 8, 12].map((fast) => ({ fast, slow: 3 * fast }));

type Sets = readonly Readonly<Record<string, number>>[];

/** A sweep's numbers are a backtest's; returns the total returns. */
async function assertSame(of: Strategy, candles: Candles, sets: Sets, options: SweepOptions) {
  const found = await sweep(of, candles, sets, options), { metrics, ...running } = options;
  return sets.map((params, set) => {
    const summary = backtest(of, candles, { ...running, params }).summary(metrics),
      row = found.row(set);
    for (const name of SWEEP_NUMBERS) {
      const isNear = Math.abs(row[name] - summary[name]) <= 1e-12 * Math.abs(summary[name]);
      assert(
        isNear || Object.is(row[name], summary[name]),
        `${name}: ${row[name]}, not ${summary[name]}`,
      );
    }
    return summary.totalReturn;
  });
}

/** Closes of days; each opens at the close before. */
function days(closes: readonly number[]): Candles {
  return Candles.fromRows(
    "1d",
    closes.map((close, i) => {
      const open = i === 0 ? close : closes[i - 1], trades = 1, kind = "traded" as const;
      const [high, low] = [Math.max(open, close), Math.min(open, close)];
      return { time: Date.UTC(2024, 0, i + 2), open, high, low, close, volume: 1, trades, kind };
    }),
  );
}

Deno.test("shorts that only a reversal closes are shorts in a sweep, too", async () => {
  const turning = (isShort: boolean) =>
    strategy("turning", { fast: whole(3), slow: whole(9) }, {
      build: ({ fast, slow }, { close }) => ({
        enterLong: sma(close, fast).above(sma(close, slow)),
        ...(isShort && { enterShort: sma(close, fast).below(sma(close, slow)) }),
        exitLong: close.below(sma(close, slow)),
      }),
    });
  const both = await assertSame(turning(true), sample, PAIRS, { account: { shorts: true } });
  const long = await assertSame(turning(false), sample, PAIRS, {});
  both.forEach((one, i) => assert(one !== long[i]));
});

Deno.test("who is ruined earns nothing behind it, whatever a period is", async () => {
  const shorter = strategy("shorter", { level: whole(1) }, {
    build: ({ level }, { close }) => ({
      enterShort: close.above(level),
      exitShort: close.below(level),
    }),
  });
  const closes = [100, 101, 99, 90, 95, 260, 100, 90, 80, 70, 60, 50, 40, 30, 20, 10];
  const sets = [1, 50, 100, 150, 200].map((level) => ({ level }));
  for (const period of ["1d", "1w"] as const) {
    const account = { shorts: true, fee: 0.001 };
    const returns = await assertSame(shorter, days(closes), sets, { account, metrics: { period } });
    assert.deepEqual(returns.slice(0, 2), [-1, -1]);
    assert(returns[4] > -1);
  }
});

Deno.test("a day that ends with a chunk belongs to it, and cash that is not traded stays", async () => {
  // The 4,096th row and the one behind it are the last of a day; a plan takes 4,096 at a time.
  for (const first of [6, 7, 8, 9]) {
    const some = sample.slice(first, first + 5_000);
    await assertSame(smaCross, some, PAIRS, {});
    await assertSame(smaCross, some, PAIRS, { account: { lot: 0.001 } });
  }
  const all = await assertSame(smaCross, sample, PAIRS, { metrics: { period: "1h" } });
  const most = await assertSame(smaCross, sample, PAIRS, {
    ...{ account: { size: 0.995 }, metrics: { period: "1h" } },
  });
  all.forEach((one, i) => assert(one !== most[i]));
});

Deno.test("protections go by the highest equity, over many candles", async () => {
  for (const maxDrawdown of [0.05, 0.1, 0.3]) {
    const ends = await assertSame(smaCross, sample, PAIRS, {
      account: { maxDrawdown, fee: 0.0001 },
    });
    assert(new Set(ends).size === PAIRS.length);
  }
});

Deno.test("a halving leaves a third, rounded up", () => {
  assert.deepEqual(halvingRungs(100, 10_000).map(({ sets }) => sets), [100, 34, 12]);
  assert.deepEqual(halvingRungs(29, 10_000), [{ sets: 29, rows: 10_000 }]);
  assert.deepEqual(halvingRungs(30, 1_501), [{ sets: 30, rows: 501 }, { sets: 10, rows: 1_501 }]);
  assert.deepEqual(halvingRungs(30, 1_500), [{ sets: 30, rows: 500 }, { sets: 10, rows: 1_500 }]);
  assert.deepEqual(halvingRungs(30, 1_499), [{ sets: 30, rows: 1_499 }]);
});
