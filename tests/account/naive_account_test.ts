import assert from "node:assert/strict";
import fc from "fast-check";
import type { ClosedTrade } from "../../engine/account/ledger.ts";
import { accountRun, splitStops } from "../support/account_run.ts";
import { assertProperty } from "../support/property.ts";
import { naiveAccount } from "./naive_account.ts";
import { naiveRows, randomInput } from "./random_inputs.ts";

/** Equal to 1e-9, or to 1e-9 of the balance for what is left of sums that cancel. */
function near(actual: number, expected: number, balance: number, what: string): void {
  const off = Math.abs(actual - expected);
  assert(off <= 1e-9 * Math.max(balance, Math.abs(expected)), `${what}: ${actual}, ${expected}`);
}

const EXACT = ["side", "entryTime", "exitTime", "reason"] as const;
const NUMBERS = ["entryPrice", "exitPrice", "amount", "fees", "slippage", "pnl", "return"] as const;

function sameTrade(actual: ClosedTrade, expected: ClosedTrade, balance: number): void {
  for (const field of EXACT) assert.equal(actual[field], expected[field], field);
  for (const field of NUMBERS) near(actual[field], expected[field], balance, field);
}

Deno.test("the account does what the design says, told by a naive one", () => {
  assertProperty(
    fc.property(randomInput, (input) => {
      const ours = accountRun(input), { balance } = input.settings;
      const naive = naiveAccount(naiveRows(input), input.settings, splitStops(input.stops).numbers);
      assert.equal(ours.trades.length, naive.trades.length, "trades");
      ours.trades.forEach((trade, n) => sameTrade(trade, naive.trades[n], balance));
      assert.deepEqual(
        ours.signals.map(({ row, signal: { action } }) => ({ row, action })),
        naive.actions,
      );
      const { cancelled, ambiguous, refused, forbidden, expired, ended } = naive;
      assert.deepEqual(ours.counts, { cancelled, ambiguous, refused, forbidden, expired });
      assert.equal(ours.ended, ended);
      for (let i = 0; i < input.candles.length; i++) {
        near(ours.curve.equity[i], naive.equity[i], balance, `equity ${i}`);
        near(ours.curve.cash[i], naive.cash[i], balance, `cash ${i}`);
        near(ours.curve.position[i], naive.position[i], balance, `position ${i}`);
      }
    }),
    5_000,
  );
});

const STOPPED = ["stopLoss", "takeProfit", "trailingStop", "breakEven", "timeStop"];

Deno.test("the random inputs reach every rule", () => {
  const seen: Record<string, number> = {};
  const count = (what: string) => seen[what] = (seen[what] ?? 0) + 1;
  for (const input of fc.sample(randomInput, { seed: 1, numRuns: 3_000 })) {
    const { trades, counts, open, ended, fills, refusals, signals } = accountRun(input);
    for (const { reason, position } of fills) {
      if (reason !== "entry" && position !== 0) count(`part closed by ${reason}`);
    }
    if (signals.some(({ signal: { action } }) => action.startsWith("add"))) count("added to");
    if (refusals.some(({ reason }) => reason === "lot")) count("part below a lot");
    for (const { side, reason } of trades) count(`${side} closed by ${reason}`);
    for (const [name, times] of Object.entries(counts)) if (times > 0) count(name);
    if (open) count(`${open.side} left open`);
    if (ended) count("ended");
  }
  const rules = [
    ...["firstTarget", "secondTarget", "reduction"].map((reason) => `part closed by ${reason}`),
    "added to",
    "part below a lot",
    ...STOPPED.concat("signal", "reversal", "maxDrawdown", "dailyLoss").flatMap((reason) => [
      `long closed by ${reason}`,
      `short closed by ${reason}`,
    ]),
    "short closed by ruin",
    ...[
      "cancelled",
      "ambiguous",
      "refused",
      "forbidden",
      "expired",
      "ended",
      "long left open",
      "short left open",
    ],
  ];
  assert.deepEqual(Object.keys(seen).toSorted(), rules.toSorted());
  assert(Math.min(...Object.values(seen)) >= 15, JSON.stringify(seen));
});
