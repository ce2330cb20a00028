import assert from "node:assert/strict";
import { searchHash } from "../../../engine/cli/search_hash.ts";
import { Candles } from "../../../engine/market/candles.ts";
import { readCandlesCsv } from "../../../engine/market/candles_csv.ts";
import { neighbourhood, neighbours } from "../../../engine/research/overfitting/neighbourhood.ts";
import { SWEEP_NUMBERS, type SweepNumber } from "../../../engine/research/sweep/numbers.ts";
import { rankedBy } from "../../../engine/research/sweep/ranked_by.ts";
import { parameterCells } from "../../../engine/charts/parameter_cells.ts";
import { sweep } from "../../../engine/search/sweep.ts";
import cross from "../../../strategies/sma_cross.ts";

const CANDLES = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 1_500);
const SPACE = { fast: "2..9", slow: "10..30:4" };

/** What is better of two values of a number, as whoever trades would say: costs are to be low. */
const BETTER: Readonly<Record<SweepNumber, [(a: number, b: number) => number, string]>> = {
  totalReturn: [Math.max, "by Total return, highest first"],
  sharpe: [Math.max, "by Sharpe, highest first"],
  maxDrawdown: [Math.max, "by Max drawdown, shallowest first"], // drawdowns are negative
  trades: [Math.min, "by Closed trades, fewest first"],
  turnover: [Math.min, "by Turnover, lowest first"],
};

for (const rank of SWEEP_NUMBERS) {
  const [better, said] = BETTER[rank];
  Deno.test(`sets by ${rank} stand with the better one first, and the title says which way that is`, async () => {
    const found = await sweep(cross, CANDLES, SPACE, { rank, keep: Infinity });
    const values = found.best.map((row) => row[rank]);
    assert.equal(values.length, 8 * 6);
    assert.equal(values[0], values.reduce((a, b) => better(a, b)));
    values.slice(1).forEach((value, i) => assert.equal(better(values[i], value), values[i]));
    assert.equal(rankedBy(found, 20), said);
    // As in a front: what is best in one number is beaten by none.
    const two = [rank, rank === "sharpe" ? "trades" : "sharpe"] as const;
    const weighed = await sweep(cross, CANDLES, SPACE, { rank: two });
    assert(weighed.best.some((row) => row[rank] === values[0]));
    const beside = neighbours(found, found.order[0]).map((set) => found.column(rank)[set]);
    const worst = better === Math.max ? Math.min : Math.max;
    assert.equal(
      neighbourhood(found, found.order[0], rank).least,
      beside.reduce((a, b) => worst(a, b)),
    );
    const cells = { x: "fast", y: "slow", of: rank, over: "best", most: { x: 1, y: 1 } } as const;
    assert.equal(parameterCells(found, cells).cells[0].value, values[0]);
  });
}

Deno.test("an evolution by turnover breeds what turns over little", async () => {
  const space = { fast: "2..60", slow: "61..300" }, count = 200;
  const asked = { method: "evolution", count, rank: "turnover", keep: Infinity } as const;
  const found = await sweep(cross, CANDLES, space, asked), all = found.column("turnover");
  const mean = (part: Float64Array) => part.reduce((sum, value) => sum + value, 0) / part.length;
  assert(mean(all.slice(150)) < 0.5 * mean(all.slice(0, 50)));
});

Deno.test("a search whose next sets go by the best is another one by another number", () => {
  const chosen = { space: SPACE, count: 9, seed: 1 };
  const hash = (method: "evolution" | "halving" | "sobol", rank: SweepNumber) =>
    searchHash(cross, CANDLES, { rank: [rank] }, { ...chosen, method });
  for (const method of ["evolution", "halving"] as const) {
    assert.notEqual(hash(method, "sharpe"), hash(method, "turnover"));
    assert.equal(hash(method, "sharpe"), hash(method, "sharpe"));
  }
  assert.equal(hash("sobol", "sharpe"), hash("sobol", "turnover"));
});

Deno.test("a search over other candles is another one, be it by a single price", () => {
  const chosen = { space: SPACE, count: 48 };
  const hash = (candles: typeof CANDLES) => searchHash(cross, candles, {}, chosen);
  assert.equal(hash(CANDLES), hash(CANDLES.slice(0, 1_500)));
  assert.notEqual(hash(CANDLES), hash(CANDLES.slice(0, 1_499)));
  const rows = CANDLES.rows().map((row, i) => i === 700 ? { ...row, low: row.low - 0.01 } : row);
  assert.notEqual(hash(CANDLES), hash(Candles.fromRows("1h", rows)));
});
