import assert from "node:assert/strict";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { seededRandom } from "../../engine/research/seeded_random.ts";
import type { SweepResult } from "../../engine/research/sweep/sweep_result.ts";
import { sobolSets } from "../../engine/research/sweep/sobol_sets.ts";
import { judgeSearch } from "../../engine/research/overfitting/judge_search.ts";
import { sweep } from "../../engine/search/sweep.ts";
import type { SweepOptions } from "../../engine/search/sweep_options.ts";
import { sqliteLedger } from "../../engine/storage/trials/sqlite_ledger.ts";
import type { ParameterValues } from "../../engine/series/scalars.ts";
import cross from "../../strategies/sma_cross.ts";
import { inTempFolder } from "../support/temp_folder.ts";

const CANDLES = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 6_000);
const SPACE = { fast: "2..40", slow: "10..160" };

const setsOf = ({ sets }: SweepResult): ParameterValues[] =>
  Array.from({ length: sets.length }, (_, i) => sets.at(i));
const rowsOf = (found: SweepResult) => setsOf(found).map((_, set) => found.row(set));
const keyOf = (set: ParameterValues) => `${set.fast} ${set.slow}`;

Deno.test("a halving keeps the best third over three times the candles, again and again", async () => {
  const found = await sweep(cross, CANDLES, SPACE, { method: "halving", count: 90, seed: 3 });
  const drawn = sobolSets(cross, SPACE, 90, seededRandom(3));
  let left = Array.from({ length: 90 }, (_, i) => drawn.at(i));
  for (const [rows, kept] of [[667, 30], [2_000, 10]]) {
    const { best } = await sweep(cross, CANDLES.slice(0, rows), left, { keep: kept });
    const keys = new Set(best.map((row) => keyOf(row as ParameterValues)));
    left = left.filter((set) => keys.has(keyOf(set)));
  }
  assert.deepEqual(setsOf(found).map(keyOf), left.map(keyOf));
  const whole = await sweep(cross, CANDLES, left);
  assert.deepEqual(rowsOf(found), rowsOf(whole));
  assert.deepEqual([found.length, found.counted.own], [10, 90]);
  assert.equal(judgeSearch(found).tried, 90);
  assert.equal(found.result().trials, 90);
});

Deno.test("an evolution finds one of the best hundredth of a grid", async () => {
  const grid = await sweep(cross, CANDLES, SPACE), ratios = grid.column("sharpe");
  const better = (ratio: number) => ratios.filter((one) => one > ratio).length / grid.length;
  for (const seed of [1, 2]) {
    const found = await sweep(cross, CANDLES, SPACE, { method: "evolution", count: 250, seed });
    assert.equal(new Set(setsOf(found).map(keyOf)).size, 250);
    assert(better(found.best[0].sharpe) < 0.01, `${better(found.best[0].sharpe)} are better`);
    const listed = await sweep(cross, CANDLES, setsOf(found));
    assert.deepEqual(rowsOf(found), rowsOf(listed));
  }
});

const METHODS: readonly SweepOptions[] = [
  { method: "random", count: 600, seed: 2 },
  { method: "sobol", count: 600, seed: 2 },
  { method: "halving", count: 120, seed: 2 },
  { method: "evolution", count: 120, seed: 2 },
];

for (const asked of METHODS) {
  Deno.test(`${asked.method}: the same seed gives the same, another one another, and it goes on where it was ended`, async () => {
    const numbers = new Map<number, Float64Array>();
    const save = (batch: number, found: Float64Array) => void numbers.set(batch, found);
    const search = (more: SweepOptions = {}) => sweep(cross, CANDLES, SPACE, { ...asked, ...more });
    const whole = await search({ saved: { numbers: new Map(), save } });
    const other = await search({ seed: 5 });
    assert.notDeepEqual(setsOf(other), setsOf(whole));
    const batches = numbers.size, kept = new Map([...numbers].filter((_, i) => i % 2 === 0));
    assert(batches >= 2);
    let ran = 0;
    const again = await search({ saved: { numbers: kept, save: () => void ran++ } });
    assert.equal(ran, batches - kept.size);
    assert.deepEqual(rowsOf(again), rowsOf(whole));
  });
}

Deno.test("all that any method tried is in the ledger, over the span that it was tried on", async () => {
  await inTempFolder(async (folder) => {
    const ledger = sqliteLedger(`${folder}/trials.sqlite`);
    const search = (method: SweepOptions["method"]) =>
      sweep(cross, CANDLES, SPACE, { method, count: 90, seed: 1, ledger });
    await search("halving");
    const rows = await ledger.rows();
    assert.deepEqual(rows.map(({ method, sets }) => [method, sets]), [
      ["halving", 90],
      ["halving", 30],
      ["halving", 10],
    ]);
    const hours = rows.map(({ from, to }) => (to - from) / 3_600_000);
    assert.deepEqual(hours, [667, 2_000, 6_000]);
    const next = judgeSearch(await search("evolution"));
    const all = [...(await ledger.distinct()).values()][0];
    assert.equal(next.tried, all);
    assert(next.earlier > 0 && next.earlier <= 90 && all === 90 + next.earlier);
  });
});

const REFUSED: readonly [space: unknown, options: object, said: RegExp][] = [
  [SPACE, { method: "luck" }, /method is the text "luck", but must be one of grid, random, sobol/],
  [SPACE, { method: "sobol" }, /count: how many sets/],
  [SPACE, { method: "evolution", count: 0 }, /whole number of sets, 1 or more, not 0/],
  [SPACE, { method: "evolution", count: 9, rank: ["sharpe", "trades"] }, /by one number/],
  [[{ fast: 2 }], { method: "halving", count: 9 }, /values to try/],
  [{ fast: "50..60", slow: "10..20" }, { method: "sobol", count: 9 }, /allows none/],
  [{ fast: "50..60", slow: "10..20" }, { method: "evolution", count: 9 }, /allows none/],
];

Deno.test("a search that cannot be is refused", async () => {
  for (const [space, options, said] of REFUSED) {
    await assert.rejects(sweep(cross, CANDLES, space as never, options as never), said);
  }
});
