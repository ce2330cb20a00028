import assert from "node:assert/strict";
import { Candles } from "../../../engine/market/candles.ts";
import { readCandlesCsv } from "../../../engine/market/candles_csv.ts";
import { jitteredParameters } from "../../../engine/research/monte_carlo/jittered_parameters.ts";
import { noisyCandles, usualNoise } from "../../../engine/research/monte_carlo/noisy_candles.ts";
import { seededRandom } from "../../../engine/research/seeded_random.ts";
import { number, whole } from "../../../engine/strategy/parameters.ts";
import { strategy } from "../../../engine/strategy/strategy.ts";

const sample = (await readCandlesCsv("data/sample_candles_1m.csv.gz")).slice(0, 3_000);

Deno.test("noise moves prices by so many ticks at most, and leaves candles candles", () => {
  assert(sample.kind.some((kind) => kind === 1), "silent minutes are among them");
  for (let seed = 1; seed <= 10; seed++) {
    const noise = 3 * seed, noisy = noisyCandles(sample, noise, seededRandom(seed));
    let most = 0, joined = 0;
    for (let i = 0; i < sample.length; i++) {
      const before = sample.row(i), after = noisy.row(i);
      assert(after.low <= Math.min(after.open, after.close) && after.low > 0);
      assert(after.high >= Math.max(after.open, after.close));
      const ticks = (price: number, own: number) => Math.abs(Math.round((price - own) * 100));
      most = Math.max(most, ticks(after.close, before.close), ticks(after.low, before.low));
      assert.equal(Math.round(after.close * 100) / 100, after.close, "whole ticks");
      if (i > 0 && before.open === sample.close[i - 1]) {
        assert.equal(after.open, noisy.close[i - 1]);
        joined++;
        if (before.kind === "empty") assert.equal(after.high, after.low);
      }
      assert.equal(after.time, before.time);
      assert.equal(after.volume, before.volume);
    }
    assert(joined > 10);
    // A low may be that of the noisier open or close, and these lie no further off.
    assert(most > noise / 2, `${most} of ${noise}`);
  }
});

Deno.test("every number of ticks up to the noise comes, up and down, each as often", () => {
  const row = {
    open: 50,
    high: 60,
    low: 40,
    close: 50,
    volume: 1,
    trades: 1,
    kind: "traded" as const,
  };
  // Each opens apart from the close before it, and the range is wider than any noise.
  const rows = Array.from(
    { length: 7_000 },
    (_, i) => ({ ...row, close: 51, time: (i + 1) * 60_000 }),
  );
  const { open, close } = noisyCandles(Candles.fromRows("1m", rows, 0), 3, seededRandom(5));
  for (const [column, own] of [[open, 50], [close, 51]] as const) {
    const found = Map.groupBy(column, (price) => price - own);
    assert.deepEqual([...found.keys()].sort((a, b) => a - b), [-3, -2, -1, 0, 1, 2, 3]);
    // A thousand each; binomial, four deviations.
    for (const some of found.values()) assert(Math.abs(some.length - 1_000) < 4 * Math.sqrt(860));
  }
});

Deno.test("prices stay above 0, and what has no ticks is refused", () => {
  const row = { open: 0.02, high: 0.02, low: 0.01, close: 0.01, volume: 1, trades: 1 };
  const candles = Candles.fromRows("1m", [{ ...row, time: 60_000, kind: "traded" }], 2);
  for (let seed = 0; seed < 50; seed++) {
    const { low } = noisyCandles(candles, 5, seededRandom(seed));
    assert(low[0] >= 0.01);
  }
  assert.equal(usualNoise(candles), 1);
  const { time, open, high, low, close, volume, trades, kind } = candles;
  const columns = { time, open, high, low, close, volume, trades, kind };
  const without = new Candles("1m", columns, undefined);
  assert.throws(() => noisyCandles(without, 5, seededRandom(1)), /whole numbers of ticks/);
});

Deno.test("parameters move as far as they may, every one of them, and as the strategy allows", () => {
  const own = strategy("own", {
    fast: whole(3),
    slow: whole(20, { max: 22 }),
    level: number(0.5, { min: 0.45, max: 1 }),
  }, {
    where: ({ fast, slow }) => fast.below(slow),
    build: ({ fast, slow, level }, { close }) => ({
      enterLong: close.above(fast.plus(level)),
      exitLong: close.below(slow),
    }),
  });
  const random = seededRandom(9), seen = new Map<string, Set<number>>();
  for (let i = 0; i < 500; i++) {
    const near = jitteredParameters(own, { fast: 3, slow: 20, level: 0.5 }, 0.2, random);
    for (const [name, value] of Object.entries(near)) {
      seen.set(name, (seen.get(name) ?? new Set()).add(Number(value)));
    }
  }
  assert.deepEqual([...seen.get("fast")!].sort(), [2, 3, 4]);
  assert.deepEqual([...seen.get("slow")!].sort(), [16, 17, 18, 19, 20, 21, 22]);
  const levels = [...seen.get("level")!];
  assert(Math.min(...levels) === 0.45 && Math.max(...levels) <= 0.6 && levels.length > 100);
});
