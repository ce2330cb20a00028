import assert from "node:assert/strict";
import { Candles } from "../../engine/market/candles.ts";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { quantile } from "../../engine/metrics/quantile.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { backtestSignals } from "../../engine/research/backtest_signals.ts";
import { monteCarlo } from "../../engine/search/monte_carlo.ts";
import smaCross from "../../strategies/sma_cross.ts";

const sample = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 24 * 120);
const result = backtest(smaCross, sample, { params: { fast: 5, slow: 20 } });

/** Four trades of a candle each, with these gains. */
const GAINS = [0.5, -0.2, 0.25, -0.4];

function fourTrades() {
  const rows = GAINS.flatMap((gain, i) => {
    const close = 100 * (1 + gain), row = { volume: 1, trades: 1, kind: "traded" as const };
    const flat = { ...row, open: 100, high: 100, low: 100, close: 100 };
    return [
      { ...flat, time: (3 * i + 1) * 60_000 },
      {
        ...row,
        time: (3 * i + 2) * 60_000,
        open: 100,
        close,
        high: Math.max(100, close),
        low: Math.min(100, close),
      },
      { ...flat, open: close, high: Math.max(100, close), low: Math.min(100, close) },
    ].map((row, j) => ({ ...row, time: (3 * i + j + 1) * 60_000 }));
  });
  const entries = rows.map((_, i) => i % 3 === 0), exits = rows.map((_, i) => i % 3 === 1);
  const candles = Candles.fromRows("1m", rows);
  return backtestSignals(candles, { entries, exits }, { account: { fee: 0, balance: 1_000 } });
}

function orders<T>(values: readonly T[]): T[][] {
  if (values.length < 2) return [[...values]];
  return values.flatMap((first, i) =>
    orders(values.filter((_, j) => j !== i)).map((rest) => [first, ...rest])
  );
}

function deepest(gains: readonly number[]): number {
  let worth = 1, peak = 1, lowest = 0;
  for (const gain of gains) {
    worth *= 1 + gain;
    peak = Math.max(peak, worth);
    lowest = Math.min(lowest, worth / peak - 1);
  }
  return lowest;
}

Deno.test("every order of the trades comes, each as often, and all have the same end", async () => {
  const trades = fourTrades(), draws = 4_800;
  assert.equal(trades.trades.length, 4);
  const drawn = await monteCarlo(trades, { of: "trades", draws });
  const end = GAINS.reduce((worth, gain) => worth * (1 + gain), 1) - 1;
  for (const one of drawn.totalReturns) assert(Math.abs(one - end) < 1e-12);
  const named = (path: ArrayLike<number>) =>
    Array.from(path, (worth) => worth.toFixed(6)).join(" ");
  const paths = orders(GAINS).map((gains) => {
    let worth = 1_000;
    return { path: named(gains.map((gain) => worth *= 1 + gain)), depth: deepest(gains) };
  });
  const found = Map.groupBy(drawn.drawn, ({ equity }) => named(equity));
  assert.equal(found.size, paths.length);
  for (const { path, depth } of paths) {
    const some = found.get(path)!, part = 1 / paths.length;
    const deviation = Math.sqrt(draws * part * (1 - part));
    assert(Math.abs(some.length - part * draws) < 4.5 * deviation, `${path}: ${some.length}`);
    for (const { maxDrawdown } of some) assert(Math.abs(maxDrawdown - depth) < 1e-12);
  }
  assert(Math.abs(drawn.found.maxDrawdown - deepest(GAINS)) < 1e-12);
  assert.deepEqual([...drawn.axis], [1, 2, 3, 4]);
  const replaced = await monteCarlo(trades, { of: "trades", draws: 200, replace: true });
  assert(new Set(replaced.totalReturns).size > 20);
});

Deno.test("drawn returns have the mean and the spread of those that they are drawn from", async () => {
  const draws = 2_000, drawn = await monteCarlo(result, { of: "returns", draws, stretch: 1 });
  const { equity } = drawn.found,
    logs = equity.map((worth, i) => Math.log(worth / (i === 0 ? drawn.balance : equity[i - 1])));
  const mean = logs.reduce((a, b) => a + b) / logs.length, count = logs.length;
  const variance = logs.reduce((sum, one) => sum + (one - mean) ** 2, 0) / count;
  // Of independent draws: n times the mean, and n times the variance.
  const ends = drawn.totalReturns.map((one) => Math.log(1 + one));
  const middle = ends.reduce((a, b) => a + b) / draws;
  const spread = ends.reduce((sum, one) => sum + (one - middle) ** 2, 0) / draws;
  assert(Math.abs(middle - count * mean) < 4 * Math.sqrt(count * variance / draws));
  assert(Math.abs(spread / (count * variance) - 1) < 0.15, `${spread}`);
  const { finalEquity } = result.summary();
  assert(Math.abs(drawn.found.equity.at(-1)! / finalEquity - 1) < 1e-12);
  assert.equal(drawn.axis.at(-1), sample.time.at(-1));
});

Deno.test("fans are quantiles of the draws, step by step", async () => {
  const drawn = await monteCarlo(result, { of: "returns", draws: 101, seed: 7 });
  const [low, middle] = drawn.equityFan([0.05, 0.5]);
  const last = drawn.totalReturns.map((one) => drawn.balance * (1 + one));
  assert(Math.abs(middle.values.at(-1)! / quantile(last, 0.5) - 1) < 1e-12);
  assert(low.values.every((worth, i) => worth <= middle.values[i]));
  const falls = drawn.drawdownFan([0, 1]);
  assert(falls[1].values.every((depth) => depth <= 0));
  const worst = Math.min(...falls[0].values);
  assert(Math.abs(worst - Math.min(...drawn.maxDrawdowns)) < 1e-12);
  const [row] = drawn.table([0.5]);
  assert.equal(row.totalReturn, quantile(drawn.totalReturns, 0.5));
  const losses = [...drawn.totalReturns].filter((one) => one < 0).length;
  assert.equal(drawn.chanceOfLoss, losses / 101);
});

Deno.test("a draw is the same whatever is drawn besides, and what was drawn by the end is given", async () => {
  for (const kind of ["trades", "returns", "candles", "parameters"] as const) {
    const few = await monteCarlo(result, { of: kind, draws: 4 });
    const more = await monteCarlo(result, { of: kind, draws: 8 });
    assert.deepEqual(few.totalReturns, more.totalReturns.slice(0, 4), kind);
    assert.deepEqual(few.maxDrawdowns, more.maxDrawdowns.slice(0, 4), kind);
    const other = await monteCarlo(result, { of: kind, draws: 4, seed: 2 });
    assert.notDeepEqual(few.maxDrawdowns, other.maxDrawdowns, kind);
    const ending = new AbortController();
    const progress = (done: number) => done === 3 && ending.abort();
    const { signal } = ending;
    const ended = await monteCarlo(result, { of: kind, draws: 8, signal, progress });
    assert.equal(ended.draws, 3);
    assert.equal(ended.asked, 8);
    assert.deepEqual(ended.maxDrawdowns, few.maxDrawdowns.slice(0, 3), kind);
    await assert.rejects(monteCarlo(result, { of: kind, signal }), { name: "AbortError" });
  }
});

Deno.test("what cannot be drawn is refused", async () => {
  const { trades } = fourTrades();
  assert.equal(trades.length, 4);
  const bad = { of: "order" } as unknown as { of: "trades" };
  await assert.rejects(monteCarlo(result, bad), /of is "order", but must be one of trades/);
  await assert.rejects(
    monteCarlo(result, { of: "trades", noise: 3 }),
    /noise is for draws of cand/,
  );
  await assert.rejects(monteCarlo(result, { of: "candles", noise: 0.5 }), /noise is 0.5/);
  await assert.rejects(monteCarlo(result, { of: "parameters", within: 0 }), /within is 0/);
  await assert.rejects(monteCarlo(result, { of: "returns", draws: 0 }), /draws is 0/);
  await assert.rejects(monteCarlo(fourTrades(), { of: "candles" }), /computed by hand/);
  await assert.rejects(monteCarlo(fourTrades(), { of: "returns" }), /it takes 8/);
});
