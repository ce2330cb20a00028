import assert from "node:assert/strict";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { judgeSearch } from "../../engine/research/overfitting/judge_search.ts";
import { judge } from "../../engine/search/judge.ts";
import { keptProcessors } from "../../engine/search/kept_processors.ts";
import { sweep } from "../../engine/search/sweep.ts";
import cross from "../../strategies/sma_cross.ts";

const HOURS = await readCandlesCsv("data/sample_candles_1h.csv.gz");

Deno.test("a judgement is the same to the bit, whoever runs the sets that are compared", async () => {
  const found = await sweep(cross, HOURS, { fast: "2..21", slow: "41..70" }, { workers: 1 });
  const expected = judgeSearch(found), processors = keptProcessors();
  assert(expected.periods > 700 && expected.independent > 1);
  const counts: number[] = [];
  const on = (count: number) => {
    counts.push(count);
    return processors.on(count);
  };
  try {
    assert.deepEqual(await judge(found, { workers: 1 }), expected);
    const watched = { areThere: true, on, end: processors.end };
    assert.deepEqual(await judge(found, { workers: 2, processors: watched }), expected);
    assert.deepEqual(counts, [2]);
  } finally {
    processors.end();
  }
});

Deno.test("a judgement tells how far it is, and ends when it is to", async () => {
  // 1,170 sets, of which 1,000 are compared, in two batches.
  const found = await sweep(cross, HOURS.slice(0, 500), { fast: "2..40", slow: "41..70" }, {
    workers: 1,
  });
  const told: [number, number][] = [], ended = new AbortController(), why = new Error("ended");
  const progress = (...one: [number, number]) => {
    told.push(one);
    if (told.length === 1) ended.abort(why);
  };
  await assert.rejects(judge(found, { workers: 1, progress, signal: ended.signal }), why);
  assert.equal(told.length, 1);
  assert(told[0][0] > 0 && told[0][0] < 1_000 && told[0][1] === 1_000);
});
