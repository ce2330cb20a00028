import assert from "node:assert/strict";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import type { Where } from "../../engine/research/sweep/where.ts";
import { gridSets } from "../../engine/research/sweep/parameter_sets.ts";
import { crossValidate } from "../../engine/search/cross_validate.ts";
import { METHODS } from "../../engine/search/search_methods.ts";
import { sweep } from "../../engine/search/sweep.ts";
import { walkForward } from "../../engine/search/walk_forward.ts";
import cross from "../../strategies/sma_cross.ts";

const CANDLES = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 24 * 60);
const SPACE = { fast: "2..9", slow: "10..30:4" };
const isWanted = ({ fast, slow }: Record<string, number | string>) =>
  Number(slow) - Number(fast) >= 10;

for (const method of METHODS) {
  Deno.test(`a ${method} search tries what a function and a text allow, the same of both`, async () => {
    const count = method === "grid" ? {} : { count: 12 };
    const wheres: Where[] = ["slow - fast >= 10", (p) => p.slow - p.fast >= 10];
    const tables = await Promise.all(wheres.map(async (where) => {
      const found = await sweep(cross, CANDLES, SPACE, { method, ...count, where, workers: 1 });
      return Array.from({ length: found.length }, (_, set) => found.sets.at(set));
    }));
    assert.deepEqual(tables[0], tables[1]);
    assert(tables[0].length > 0 && tables[0].every(isWanted));
  });
}

Deno.test("walking forward and cross-validating take the same conditions", async () => {
  const where = "slow == 14 && fast == 3";
  const walked = await walkForward(cross, CANDLES, SPACE, { train: 30, test: 15, where });
  for (const { params } of walked.folds) assert.deepEqual(params, { fast: 3, slow: 14 });
  const { splits } = await crossValidate(cross, CANDLES, SPACE, { groups: 4, where });
  assert.equal(splits.length, 6);
  for (const { params } of splits) assert.deepEqual(params, { fast: 3, slow: 14 });
});

Deno.test("a where that is none is refused", async () => {
  const asked = (where: unknown, sets: Parameters<typeof sweep>[2] = SPACE) =>
    sweep(cross, CANDLES, sets, { where: where as Where });
  await assert.rejects(asked("slow - fast"), /^InputError: where "slow - fast": it is a number/);
  await assert.rejects(asked(5), /where is 5, but must be a text such as "fast < slow", or a fun/);
  await assert.rejects(asked(() => 10), /where gave 10 for a set, but must give true or false/);
  const said = /where is of values to try: sets that are given one by one are all tried/;
  await assert.rejects(asked("fast < slow", [{ fast: 3 }]), said);
  await assert.rejects(asked("fast < slow", gridSets(cross, SPACE)), said);
});
