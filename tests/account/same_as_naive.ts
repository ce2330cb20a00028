import assert from "node:assert/strict";
import type { ClosedTrade } from "../../engine/account/ledger.ts";
import { accountRun, splitStops } from "../support/account_run.ts";
import { naiveAccount } from "./naive_account.ts";
import { naiveRows, type RandomInput } from "./random_inputs.ts";

/** Equal to 1e-9, or to 1e-9 of the balance for what is left of sums that cancel. */
function near(actual: number, expected: number, balance: number, what: string): void {
  const off = Math.abs(actual - expected);
  assert(off <= 1e-9 * Math.max(balance, Math.abs(expected)), `${what}: ${actual}, ${expected}`);
}

const EXACT = ["side", "entryTime", "exitTime", "reason"] as const;
const NUMBERS = [
  "entryPrice",
  "exitPrice",
  "amount",
  "fees",
  "slippage",
  "funding",
  "pnl",
  "return",
] as const;

function sameTrade(actual: ClosedTrade, expected: ClosedTrade, balance: number): void {
  for (const field of EXACT) assert.equal(actual[field], expected[field], field);
  for (const field of NUMBERS) near(actual[field], expected[field], balance, field);
}

/** The account's numbers are those of the naive one. */
export function assertSameAsNaive(input: RandomInput): void {
  const ours = accountRun(input), { balance } = input.settings;
  const naive = naiveAccount(naiveRows(input), input.settings, splitStops(input.stops).numbers);
  assert.equal(ours.trades.length, naive.trades.length, "trades");
  ours.trades.forEach((trade, n) => sameTrade(trade, naive.trades[n], balance));
  assert.deepEqual(
    ours.signals.map(({ row, signal: { action } }) => ({ row, action })),
    naive.actions,
  );
  const { cancelled, ambiguous, refused, forbidden, expired, liquidated, ended } = naive;
  const counts = { cancelled, ambiguous, refused, forbidden, expired, liquidated };
  assert.deepEqual(ours.counts, counts);
  assert.equal(ours.ended, ended);
  for (let i = 0; i < input.candles.length; i++) {
    near(ours.curve.equity[i], naive.equity[i], balance, `equity ${i}`);
    near(ours.curve.cash[i], naive.cash[i], balance, `cash ${i}`);
    near(ours.curve.position[i], naive.position[i], balance, `position ${i}`);
  }
}
