import assert from "node:assert/strict";
import { runBatch } from "../../../engine/research/sweep/batch.ts";
import { gridSets } from "../../../engine/research/sweep/parameter_sets.ts";
import { specOf } from "../../../engine/search/sweep.ts";
import { crossesAbove, crossesBelow, ema, sma } from "../../../engine/series/mod.ts";
import { whole } from "../../../engine/strategy/parameters.ts";
import { type Strategy, strategy } from "../../../engine/strategy/strategy.ts";
import { Marks } from "../../../engine/research/sweep/marks.ts";
import { Periods } from "../../../engine/research/sweep/periods.ts";
import { Span } from "../../../engine/research/sweep/span.ts";
import { Tally } from "../../../engine/research/sweep/tally.ts";
import { seededRandom } from "../../../engine/research/seeded_random.ts";
import { metricsSettings } from "../../../engine/metrics/settings.ts";
import { Candles } from "../../../engine/market/candles.ts";
import { madeTogether } from "../../laws/made_candles.ts";

/** Longer than a chunk, and no whole number of blocks. */
const CANDLES = madeTogether({ rows: 5_003, seed: 31 });

const long = strategy("long", { fast: whole(2), slow: whole(11) }, {
  build({ fast, slow }, { close }) {
    const quick = sma(close, fast), steady = ema(close, slow);
    return { enterLong: crossesAbove(quick, steady), exitLong: crossesBelow(quick, steady) };
  },
});

const both = strategy("both", { fast: whole(2), slow: whole(11) }, {
  build({ fast, slow }, { close }) {
    const quick = sma(close, fast), steady = sma(close, slow);
    const up = crossesAbove(quick, steady), down = crossesBelow(quick, steady);
    return { enterLong: up, exitLong: down, enterShort: down, exitShort: up, stopLoss: 0.02 };
  },
});

/** The bits of every number of every set, run by so many at a time. */
function bitsOf(it: Strategy, size: number, period: "1m" | "1d", fee: number): bigint[] {
  const spec = specOf(it, CANDLES, { account: { fee }, metrics: { period } });
  const all = gridSets(it, { fast: "2..9", slow: "11..40" });
  const sets = Array.from({ length: all.length }, (_, set) => all.at(set));
  const numbers: number[] = [];
  for (let from = 0; from < sets.length; from += size) {
    for (const tally of runBatch(spec, sets.slice(from, from + size), CANDLES)) {
      numbers.push(...Object.values(tally.numbers()));
    }
  }
  return [...new BigUint64Array(Float64Array.from(numbers).buffer)];
}

for (const it of [long, both]) {
  for (const period of ["1m", "1d"] as const) {
    Deno.test(`it matters to no bit with which others a set is run: ${it.name}, returns of ${period}`, () => {
      // Free of costs equity has new peaks; with them it falls for long.
      for (const fee of [0, 0.001]) {
        const whole = bitsOf(it, 240, period, fee);
        assert.equal(new Set(whole).size > 240, true);
        for (const size of [3, 7]) assert.deepEqual(bitsOf(it, size, period, fee), whole);
      }
    });
  }
}

/** The deepest drawdown of what holds a unit, marked by stretches of so many rows, for so many sets. */
function lowestOf(candles: Candles, stretch: number, sets: number): number {
  const rows = candles.length, periods = new Periods(candles, metricsSettings());
  const tally = new Tally(33, periods), marks = new Marks(tally);
  const span = new Span(candles, periods, rows, sets);
  span.move(0, rows, 0);
  marks.begin(span);
  for (let from = 0; from < rows; from += stretch) {
    marks.mark(span, 0.1, 1, from, Math.min(from + stretch, rows));
  }
  return tally.lowest;
}

Deno.test("a drawdown is the same to the bit, however rows are cut, where closes differ by their last bits", () => {
  const random = seededRandom(5), wide = 2 ** -47;
  for (let trial = 0; trial < 200; trial++) {
    const peak = 100 + 40 * random(), low = 33 + 30 * random();
    const closes = Array.from(
      { length: 100 },
      (_, i) => (i === 3 ? peak : low) + wide * Math.floor(9 * random()),
    );
    const rows = closes.map((close, i) => {
      const prices = { open: close, high: close, low: close, close };
      return { ...prices, time: 60_000 * (i + 1), volume: 1, trades: 1, kind: "traded" as const };
    });
    const candles = Candles.fromRows("1m", rows), whole = lowestOf(candles, rows.length, 1);
    for (const stretch of [1, 5, 16, 40, 100]) {
      for (const sets of [1, 9]) assert.equal(lowestOf(candles, stretch, sets), whole);
    }
  }
});
