import assert from "node:assert/strict";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { gridSets } from "../../engine/research/sweep/parameter_sets.ts";
import { batchNumbers, columnsOf } from "../../engine/research/sweep/work.ts";
import { batchesOf, leftOf } from "../../engine/search/batches.ts";
import { keptProcessors } from "../../engine/search/kept_processors.ts";
import { specOf, sweep } from "../../engine/search/sweep.ts";
import { crossesAbove, sma } from "../../engine/series/mod.ts";
import { whole } from "../../engine/strategy/parameters.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import { writeRisk, writeStrategy } from "../../engine/strategy/strategy_json.ts";
import smaCross from "../../strategies/sma_cross.ts";

const candles = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 600);
const sets = gridSets(smaCross, { fast: "2..9", slow: "10..29" });
const OUT = { most: 30, fewest: 5, processors: 2 };

const givenOut = () => batchesOf(sets, leftOf(sets.length), OUT);

function workOf(fee: number) {
  const { strategy, ...common } = specOf(smaCross, candles, { account: { fee } });
  const written = { strategy: writeStrategy(strategy), risk: writeRisk(strategy) };
  return { ...common, ...written, candles: columnsOf(candles) };
}

Deno.test("processors that are kept do the next work as they did the first: each batch once, as one alone does it", async () => {
  const processors = keptProcessors();
  try {
    for (const fee of [0, 0.002, 0]) {
      const spec = specOf(smaCross, candles, { account: { fee } });
      const expected = new Map(
        [...givenOut()].map(({ batch, sets }) => [batch, batchNumbers(spec, sets, candles)]),
      );
      const found = new Map<number, Float64Array>();
      await processors.on(2)(workOf(fee), givenOut(), (batch, numbers) => {
        assert(!found.has(batch));
        found.set(batch, numbers);
      });
      assert.deepEqual(new Map([...found].sort(([a], [b]) => a - b)), expected);
      assert(processors.areThere);
    }
  } finally {
    processors.end();
  }
  assert(!processors.areThere);
});

Deno.test("a search is shared out by its work, and its numbers are those of one processor", async () => {
  const hours = await readCandlesCsv("data/sample_candles_1h.csv.gz"), counts: number[] = [];
  const kept = keptProcessors();
  const watched = (areThere: boolean) => ({
    areThere,
    end: kept.end,
    on(count: number) {
      counts.push(count);
      return kept.on(count);
    },
  });
  const stopped = strategy("stopped", { fast: whole(2), slow: whole(11) }, {
    build: ({ fast, slow }, { close }) => ({
      enterLong: crossesAbove(sma(close, fast), sma(close, slow)),
      stopLoss: 0.02,
    }),
  });
  const few = { fast: "2..11", slow: "12..81" };
  try {
    for (
      const [it, areThere, expected] of [
        [smaCross, false, []], // 700 plain sets over two years of hours are done before others are there
        [smaCross, true, [2]],
        [stopped, false, [2]],
      ] as const
    ) {
      counts.length = 0;
      const processors = watched(areThere);
      const found = await sweep(it, hours, few, { workers: 2, processors });
      assert.deepEqual(counts, expected);
      const alone = await sweep(it, hours, few, { workers: 1 });
      assert.deepEqual(found.table().rows, alone.table().rows);
    }
  } finally {
    kept.end();
  }
});

Deno.test("what ends a work, or goes wrong in it, ends the processors, and the next work has new ones", async () => {
  const processors = keptProcessors(), ended = new AbortController();
  try {
    const why = new Error("enough");
    const first = processors.on(2)(workOf(0), givenOut(), () => ended.abort(why), ended.signal);
    await assert.rejects(first, why);
    assert(!processors.areThere);
    const impossible = [{ batch: 0, sets: [{ fast: -1, slow: 9 }] }].values();
    await assert.rejects(processors.on(2)(workOf(0), impossible, () => {}), /window is -1/);
    assert(!processors.areThere);
    let done = 0;
    await processors.on(1)(workOf(0), givenOut(), () => done++);
    assert.equal(done, [...givenOut()].length);
  } finally {
    processors.end();
  }
});
