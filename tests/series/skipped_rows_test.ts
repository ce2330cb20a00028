import assert from "node:assert/strict";
import { Candles } from "../../engine/market/candles.ts";
import { seededRandom } from "../../engine/research/seeded_random.ts";
import { param } from "../../engine/series/expression.ts";
import { close, crossesAbove, crossesBelow, high, sma } from "../../engine/series/mod.ts";
import { SharedPlan } from "../../engine/series/shared_plan.ts";

/** Closes of few ticks, so that averages often tie. */
function tied(rows: number, seed: number): Candles {
  const random = seededRandom(seed);
  let last = 100;
  return Candles.fromRows(
    "1m",
    Array.from({ length: rows }, (_, i) => {
      last = Math.max(95, Math.min(105, last + Math.floor(3 * random()) - 1));
      const prices = { open: last, high: last + Math.floor(2 * random()), low: last, close: last };
      return { ...prices, time: 60_000 * (i + 1), volume: 1, trades: 1, kind: "traded" as const };
    }),
  );
}

const SETS = [1, 2, 3, 4, 5].flatMap((fast) =>
  [2, 4, 6, 8, 10, 12].map((slow) => ({ fast, slow }))
);
const FIRES = ["down", "guarded", "up"];

/** Where each condition of each set fires behind the first `skipped` rows, these being selected or skipped. */
function firings(candles: Candles, chunk: number, skipped: number, skips: boolean): number[][] {
  const fast = sma(close, param("fast")), slow = sma(close, param("slow"));
  const up = crossesAbove(fast, slow), down = crossesBelow(fast, slow);
  const guarded = up.and(high.above(close));
  const { timeframe, decimals } = candles;
  const options = { timeframe, decimals, chunk, fires: FIRES };
  const plan = new SharedPlan({ up, down, guarded }, SETS, options);
  const found: number[][] = SETS.flatMap(() => FIRES.map(() => []));
  const go = (from: number, to: number, isWanted: boolean) => {
    plan.advance(candles, from, to);
    SETS.forEach((_, set) => {
      if (!isWanted && skips) return plan.skip(set);
      plan.select(set);
      if (!isWanted) return;
      FIRES.forEach((name, i) => {
        const { rows, count } = plan.firing(set, name);
        for (const row of rows.subarray(0, count)) {
          found[set * FIRES.length + i].push(row - plan.begin + from);
        }
      });
    });
  };
  for (let from = 0; from < skipped; from += chunk) {
    go(from, Math.min(from + chunk, skipped), false);
  }
  for (let from = skipped; from < candles.length; from += chunk) {
    go(from, Math.min(from + chunk, candles.length), true);
  }
  return found;
}

Deno.test("conditions fire behind rows that nobody asked for as if they had been asked for", () => {
  let fired = 0;
  for (const seed of [1, 2, 3]) {
    const candles = tied(300, seed);
    for (const chunk of [1, 7, 64]) {
      for (const skipped of [1, 3, 8, 13, 64, 100, 211]) {
        const expected = firings(candles, chunk, skipped, false);
        assert.deepEqual(firings(candles, chunk, skipped, true), expected);
        fired += expected.flat().length;
      }
    }
  }
  assert(fired > 10_000);
});
