import assert from "node:assert/strict";
import fc from "fast-check";
import { accountRun } from "../support/account_run.ts";
import { assertProperty } from "../support/property.ts";
import { interruptedInput, randomInput } from "./random_inputs.ts";
import { assertSameAsNaive } from "./same_as_naive.ts";

Deno.test("the account does what the design says, told by a naive one", () => {
  assertProperty(fc.property(randomInput, assertSameAsNaive), 5_000);
});

const STOPPED = ["stopLoss", "takeProfit", "trailingStop", "breakEven", "timeStop"];

Deno.test("the random inputs reach every rule", () => {
  const seen: Record<string, number> = {};
  const count = (what: string) => seen[what] = (seen[what] ?? 0) + 1;
  for (const input of fc.sample(randomInput, { seed: 1, numRuns: 8_000 })) {
    const { trades, counts, open, ended, fills, refusals, signals } = accountRun(input);
    for (const { reason, position } of fills) {
      if (reason !== "entry" && position !== 0) count(`part closed by ${reason}`);
    }
    if (signals.some(({ signal: { action } }) => action.startsWith("add"))) count("added to");
    if (trades.some(({ funding }) => funding !== 0)) count("paid funding");
    const last = trades.at(-1);
    if (ended && last?.reason === "liquidation") count(`${last.side} ended by liquidation`);
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
    "paid funding",
    "long ended by liquidation",
    "short ended by liquidation",
    "liquidated",
    "long closed by ruin",
    ...STOPPED.concat("liquidation", "signal", "reversal", "maxDrawdown", "dailyLoss").flatMap((
      reason,
    ) => [
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

Deno.test("an account does what people ask of it, told by a naive one", () => {
  assertProperty(fc.property(interruptedInput, assertSameAsNaive), 3_000);
  const seen = { manual: 0, paused: 0, entries: 0 };
  for (const input of fc.sample(interruptedInput, { seed: 2, numRuns: 3_000 })) {
    const { trades, refusals } = accountRun(input);
    seen.manual += trades.filter(({ reason }) => reason === "manual").length;
    seen.paused += refusals.filter(({ reason }) => reason === "paused").length;
    seen.entries += trades.length;
  }
  assert(Math.min(...Object.values(seen)) >= 30, JSON.stringify(seen));
});
