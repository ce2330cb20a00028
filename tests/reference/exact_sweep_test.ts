/**
 * `sma_cross` over the made year against the sweep that was computed in whole cents: exactly as many
 * orders, and the same return but for the order in which the balance is multiplied up (1e-12).
 */
import assert from "node:assert/strict";
import { backtest } from "../../engine/research/backtest.ts";
import { close } from "../../engine/series/expression.ts";
import { crossesAbove, crossesBelow } from "../../engine/series/operators/events/crosses.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { CHUNK_ROWS, Plan } from "../../engine/series/plan.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { sharedTest } from "../support/shared.ts";
import { SYNTH_SHA256, synthSha256, synthYear } from "../support/synth.ts";
import { csvRows, publishedText } from "./published.ts";

const SETS = 30;

Deno.test("the made year is the published one, bit for bit", () => {
  assert.equal(synthSha256(synthYear()), SYNTH_SHA256);
});

sharedTest(`sma_cross trades as exact arithmetic does, for ${SETS} of 1,000 sets`, () => {
  const sweep = csvRows(publishedText("synth/exact_sweep_1000.csv.gz"));
  assert.equal(sweep.length, 1_000);
  const year = synthYear(), account = { fill: "close", fee: 0.001, balance: 10_000 } as const;
  for (let n = 0; n < SETS; n++) {
    const row: Record<string, string> = sweep[Math.round(n * (sweep.length - 1) / (SETS - 1))];
    const params = { fast: Number(row.fast), slow: Number(row.slow) };
    const { trades, open, equity } = backtest(smaCross, year, { params, account });
    const name = `${row.fast}, ${row.slow}`;
    assert.equal(2 * trades.length + (open ? 1 : 0), Number(row.orders), `orders of ${name}`);
    const totalReturn = equity.column("equity").at(-1)! / account.balance - 1;
    const expected = Number(row.total_return), off = Math.abs(totalReturn - expected);
    assert(off <= 1e-12, `return of ${name}: ${totalReturn} is not ${expected}`);
    // Where next to nothing is left, 1e-12 is a great deal of it: what the file's digits can tell.
    assert(off <= 1e-7 * (1 + expected), `what is left of ${name} is off by ${off}`);
  }
});

sharedTest("averages cross as exact arithmetic has it, in all 1,000 sets", () => {
  const sweep = csvRows(publishedText("synth/exact_sweep_1000.csv.gz")), year = synthYear();
  const bySlow = Object.values(Object.groupBy(sweep, ({ slow }) => slow)) as typeof sweep[];
  for (const rows of bySlow) {
    const named = rows.flatMap(({ fast, slow }) => {
      const [quick, steady] = [sma(close, Number(fast)), sma(close, Number(slow))];
      return [
        [`up ${fast}`, crossesAbove(quick, steady)] as const,
        [`down ${fast}`, crossesBelow(quick, steady)] as const,
      ];
    });
    const plan = new Plan(Object.fromEntries(named), year);
    const counted = rows.map(() => ({ up: 0, down: 0, orders: 0, held: false }));
    for (let from = 0; from < year.length; from += CHUNK_ROWS) {
      plan.advance(year, from, Math.min(from + CHUNK_ROWS, year.length));
      rows.forEach(({ fast }, n) => count(plan, fast, counted[n]));
    }
    rows.forEach(({ fast, slow, up, down, orders }, n) => {
      const { held: _, ...found } = counted[n];
      const expected = { up: Number(up), down: Number(down), orders: Number(orders) };
      assert.deepEqual(found, expected, `${fast}, ${slow}`);
    });
  }
});

/** Adds up the crosses of a chunk, and the orders of someone who is long after each cross up. */
function count(
  plan: Plan,
  fast: string,
  counted: { up: number; down: number; orders: number; held: boolean },
): void {
  const ups = plan.column(`up ${fast}`), downs = plan.column(`down ${fast}`);
  for (let i = plan.begin; i < plan.end; i++) {
    if (ups[i] === 1) {
      counted.up++;
      if (!counted.held) counted.orders++;
      counted.held = true;
    }
    if (downs[i] === 1) {
      counted.down++;
      if (counted.held) counted.orders++;
      counted.held = false;
    }
  }
}
