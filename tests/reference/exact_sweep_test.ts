/**
 * `sma_cross` over the made year against the sweep that was computed in whole cents: exactly as many
 * orders, and the same return but for the order in which the balance is multiplied up (1e-12).
 */
import assert from "node:assert/strict";
import { backtest } from "../../engine/research/backtest.ts";
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
