/** What people ask of an account, worked by hand. Row n is the candle from n o'clock on. */
import assert from "node:assert/strict";
import { type AccountInput, accountRun } from "../support/account_run.ts";
import { HOUR, hours, MIDNIGHT, on, still } from "./hours.ts";

const PRICES = hours(still(100), still(110), still(120), still(130), still(140), still(150));

/** A run at 100, 110, 120 … without costs. */
function run(input: Partial<AccountInput>) {
  const settings = { fee: 0, ...input.settings };
  return accountRun({ candles: PRICES, signals: {}, ...input, settings });
}

const fillsOf = (ran: ReturnType<typeof run>) =>
  ran.fills.map(({ time, price, reason }) => [(time - MIDNIGHT) / HOUR, price, reason]);

Deno.test("a pause holds from the close of the candle in which it is asked: its entry is not made", () => {
  const ran = run({ signals: { enterLong: on([1, 2, 3], 6) }, asked: { 2: ["pause"] } });
  // Decided at the close of row 1, filled at the open of row 2, while it was asked.
  assert.deepEqual(fillsOf(ran), [[2, 120, "entry"]]);
  assert.deepEqual(ran.refusals, []);
  const other = run({ signals: { enterLong: on([1, 2, 3], 6) }, asked: { 1: ["pause"] } });
  assert.deepEqual(other.fills, []);
  assert.deepEqual(other.refusals.map(({ reason, price }) => [reason, price]), [
    ["paused", 110],
    ["paused", 120],
    ["paused", 130],
  ]);
  assert.equal(other.counts.refused, 3);
});

Deno.test("exits, stops and targets go on while it is paused; a reversal is an exit", () => {
  const signals = { enterLong: on([0], 6) }, asked = { 2: ["pause"] } as const;
  const exit = run({ signals: { ...signals, exitLong: on([3], 6) }, asked });
  assert.deepEqual(fillsOf(exit), [[1, 110, "entry"], [4, 140, "signal"]]);
  const target = run({ signals, asked, stops: { takeProfit: 0.25 } });
  assert.equal(fillsOf(target)[1][2], "takeProfit");
  const reversal = run({
    ...{ signals: { ...signals, enterShort: on([3], 6) }, asked },
    settings: { shorts: true },
  });
  assert.deepEqual(fillsOf(reversal), [[1, 110, "entry"], [4, 140, "signal"]]);
});

Deno.test("a liquidation closes at the next open and leaves it paused, until it is resumed", () => {
  const signals = { enterLong: on([0, 2, 3, 4], 6) };
  const ran = run({ signals, asked: { 2: ["liquidate"], 4: ["resume"] } });
  // At 4 o'clock's close it may decide again.
  assert.deepEqual(fillsOf(ran), [[1, 110, "entry"], [3, 130, "manual"], [5, 150, "entry"]]);
  assert.equal(ran.trades[0].reason, "manual");
  assert.ok(Math.abs(ran.trades[0].pnl - 20 * 10_000 / 110) < 1e-9);
});

Deno.test("where decisions are filled at their close, a liquidation is, too", () => {
  const ran = run({
    ...{ signals: { enterLong: on([0], 6) }, asked: { 2: ["liquidate"] } },
    settings: { fill: "close" },
  });
  assert.deepEqual(fillsOf(ran), [[1, 100, "entry"], [3, 120, "manual"]]);
});

Deno.test("of several wishes before one close the last counts, but a pause takes no liquidation back", () => {
  const fills = (...asked: ("pause" | "resume" | "liquidate")[]) =>
    fillsOf(run({ signals: { enterLong: on([0], 6) }, asked: { 2: asked } })).length;
  assert.equal(fills("liquidate", "resume"), 1);
  assert.equal(fills("liquidate", "pause"), 2);
  assert.equal(fills("pause", "liquidate"), 2);
  assert.equal(fills("liquidate", "resume", "pause"), 1);
});

Deno.test("an entry that waits for its price is taken back by a pause", () => {
  const signals = { enterLong: on([0], 6) };
  const stops = { stopEntry: 0.45, timeInForce: 10 };
  assert.equal(run({ signals, stops }).fills.length, 1);
  const ran = run({ signals, stops, asked: { 2: ["pause"], 3: ["resume"] } });
  assert.deepEqual(ran.fills, []);
  assert.deepEqual(ran.refusals.map(({ reason, price }) => [reason, price]), [["paused", 145]]);
});
