import assert from "node:assert/strict";
import type { AccountSettings } from "../../engine/account/settings.ts";
import type { StopOperands } from "../../engine/strategy/stop_values.ts";
import { orderRules } from "../../engine/report/order_rules.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { backtestSignals } from "../../engine/research/backtest_signals.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import { close, open } from "../../engine/series/expression.ts";
import { waves } from "../research/waves.ts";

const candles = waves(50);

/** The first words of each rule that is said of a run with these stops and settings. */
function said(stops: StopOperands, account: Partial<AccountSettings> = {}): string[] {
  const made = strategy("made", {}, { build: () => ({ enterLong: close.above(open), ...stops }) });
  return orderRules(backtest(made, candles, { account })).map(begins);
}

const begins = (line: string) => line.split(" ").slice(0, 4).join(" ");

const LIMITS = "An order that waits", MARKETABLE = "A limit entry that";
const INSIDE = "Of the candle inside", RUIN = "Without maintenanceMargin a short";
const FUNDING = "Funding is charged on";

Deno.test("a report says of orders what has to be believed of those that the run could make", () => {
  assert.deepEqual(said({}), []);
  assert.deepEqual(said({ takeProfit: 0.1 }), [LIMITS]);
  assert.deepEqual(said({ limitEntry: 0.1 }), [LIMITS, MARKETABLE, INSIDE]);
  assert.deepEqual(said({ stopEntry: 0.1 }), [INSIDE]);
  assert.deepEqual(said({}, { shorts: true }), [RUIN]);
  assert.deepEqual(said({}, { shorts: true, maintenanceMargin: 0.01 }), []);
  assert.deepEqual(said({}, { fundingRate: 0.001 }), [FUNDING]);
});

Deno.test("of signals by hand, whose orders nobody knows, it says all", () => {
  const never = candles.close.map(() => 0);
  const run = backtestSignals(candles, { entries: never, exits: never });
  assert.deepEqual(orderRules(run).map(begins), [LIMITS, MARKETABLE, INSIDE]);
});
