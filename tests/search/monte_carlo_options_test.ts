import assert from "node:assert/strict";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { compounded } from "../../engine/research/monte_carlo/drawing.ts";
import { usualNoise } from "../../engine/research/monte_carlo/noisy_candles.ts";
import { rerun } from "../../engine/research/monte_carlo/rerun.ts";
import { monteCarlo, type MonteCarloOptions } from "../../engine/search/monte_carlo.ts";
import smaCross from "../../strategies/sma_cross.ts";

const HOUR = 3_600_000;
const sample = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 24 * 90);
const result = backtest(smaCross, sample, { params: { fast: 5, slow: 20 } });

Deno.test("a result is run again as it was: from its start, by its candles, with its account", () => {
  const own = backtest(smaCross, sample, {
    ...{ params: { fast: 3, slow: 8 }, timeframe: "4h", start: sample.time[0] + 400 * HOUR },
    account: { fee: 0.0007, slippage: 0.0003, balance: 777 },
  });
  for (const again of [rerun(own), rerun(own, { account: { fee: 0.0007 } })]) {
    assert.deepEqual(again.summary(), own.summary());
    assert.deepEqual(again.equity.column("equity"), own.equity.column("equity"));
    assert.deepEqual(again.account, own.account);
  }
  assert(own.trades.length > 5);
});

Deno.test("returns that stay together all around are those that there were, from another one on", async () => {
  const { totalReturns, drawn, found, balance } = await monteCarlo(result, {
    ...{ of: "returns", draws: 40, stretch: Infinity },
  });
  const steps = (equity: Float64Array) =>
    Array.from(equity, (worth, i) => worth / (i === 0 ? balance : equity[i - 1]) - 1);
  const own = steps(found.equity), seen = new Set<number>();
  for (const { equity } of drawn) {
    const back = own.map((_, by) => by).filter((by) =>
      steps(equity).every((one, i) => Math.abs(one - own[(i + by) % own.length]) < 1e-12)
    );
    assert(back.length > 0, "a rotation");
    seen.add(back[0]);
  }
  assert(seen.size > 10);
  const end = found.equity.at(-1)! / balance - 1;
  assert(totalReturns.every((one) => Math.abs(one - end) < 1e-9));
});

Deno.test("what is lost altogether stays lost, and a first fall counts", () => {
  const gains = [0.5, -1.25, 0.5, 2];
  assert.deepEqual(compounded(100, 4, (i) => gains[i]), {
    ...{ equity: Float64Array.of(150, 0, 0, 0), maxDrawdown: -1 },
  });
  const { maxDrawdown } = compounded(100, 2, (i) => [-0.25, 0.125][i]);
  assert.equal(maxDrawdown, -0.25);
});

Deno.test("what is not said is as the options' text has it", async () => {
  const depths = async (options: MonteCarloOptions) =>
    (await monteCarlo(result, options)).maxDrawdowns;
  const usual = {
    returns: { stretch: 5 },
    parameters: { within: 0.2 },
    candles: { noise: usualNoise(sample) },
  } as const;
  for (const kind of ["returns", "parameters", "candles"] as const) {
    const said = { of: kind, draws: 6, ...usual[kind] };
    assert.deepEqual(await depths({ of: kind, draws: 6 }), await depths(said), kind);
  }
  assert.equal((await depths({ of: "trades" })).length, 1_000);
  assert.equal((await depths({ of: "returns" })).length, 1_000);
  const ending = new AbortController(), asked: number[] = [];
  const progress = (_: number, all: number) => {
    asked.push(all);
    ending.abort();
  };
  for (const kind of ["parameters", "candles"] as const) {
    await monteCarlo(result, { of: kind, progress, signal: ending.signal }).catch(() => {});
  }
  assert.equal(asked[0], 200);
  // A tenth of the middle range from low to high, in ticks.
  const scale = 10 ** sample.decimals!,
    ranges = Array.from(sample.high, (high, i) => high - sample.low[i]);
  ranges.sort((a, b) => a - b);
  const middle = (ranges[ranges.length / 2 - 1] + ranges[ranges.length / 2]) / 2;
  assert.equal(usualNoise(sample), Math.round(middle * scale / 10));
});
