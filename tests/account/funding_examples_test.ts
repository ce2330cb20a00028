/** Funding worked by hand: 10 units at 100, so 1,000 of worth, and 0.1 % of it at each time. No fees. */
import assert from "node:assert/strict";
import type { AccountSettings } from "../../engine/account/settings.ts";
import { Candles } from "../../engine/market/candles.ts";
import { withFunding } from "../../engine/market/funding.ts";
import type { Timeframe } from "../../engine/market/timeframe.ts";
import { accountRun } from "../support/account_run.ts";
import { still } from "./hours.ts";

const HOUR = 3_600_000, START = Date.UTC(2024, 0, 1);

/** Candles that close at these hours, and stand at 100 but for those whose low or close is given. */
function candlesAt(timeframe: Timeframe, ...hours: [at: number, low?: number, close?: number][]) {
  return Candles.fromRows(
    timeframe,
    hours.map(([at, low = 100, close = 100]) => {
      const [open, high] = still(100), time = START + at * HOUR;
      return { time, open, high, low, close, volume: 1, trades: 1, kind: "traded" as const };
    }),
  );
}

/** The same rate as it would be assumed, and as it would come from a series. */
function bothWays(candles: Candles, rate: number) {
  const time = Array.from({ length: 30 }, (_, n) => START + 8 * n * HOUR);
  const rates = { time, rate: time.map(() => rate) };
  return [
    { candles, settings: { fundingRate: rate } },
    { candles: withFunding(candles, rates), settings: {} },
  ];
}

const PLAIN: Partial<AccountSettings> = {
  ...{ balance: 10_000, fee: 0, shorts: true, sizing: "units", size: 10 },
};

/** Closes at 01:00 to 03:00, then none until 06:00 of the next day: 08:00, 16:00 and 24:00 are missing. */
const GAP = candlesAt("1h", [1], [2], [3], [30], [31], [32], [33]);

Deno.test("a position that is sold at the open behind a gap has paid for the gap", () => {
  for (const { candles, settings } of bothWays(GAP, 0.001)) {
    const signals = { enterLong: [1, 0, 0, 0, 0, 0, 0], exitLong: [0, 0, 1, 0, 0, 0, 0] };
    const run = accountRun({ candles, signals, settings: { ...PLAIN, ...settings } });
    assert.deepEqual(run.trades.map(({ funding }) => funding), [3]);
    assert.equal(run.curve.equity.at(-1), 9_997);
  }
});

Deno.test("so has one that a stop closes there, by the price of that open", () => {
  const candles = candlesAt("1h", [1], [2], [3], [30], [31]);
  candles.open[3] = candles.low[3] = 80;
  for (const funded of bothWays(candles, 0.001)) {
    const run = accountRun({
      candles: funded.candles,
      signals: { enterLong: [1, 0, 0, 0, 0] },
      settings: { ...PLAIN, ...funded.settings },
      stops: { stopLoss: 0.1 },
    });
    // 3 times 0.1 % of 10 units at 80.
    assert(Math.abs(run.trades[0].funding - 2.4) < 1e-9);
  }
});

Deno.test("a position that is opened at the open behind a gap pays nothing for it", () => {
  for (const { candles, settings } of bothWays(GAP, 0.001)) {
    // At 08:00 of that day, which is the close of the last candle but one, nothing is held any more.
    const signals = { enterLong: [0, 0, 1, 0, 0, 0, 0], exitLong: [0, 0, 0, 1, 0, 0, 0] };
    const run = accountRun({ candles, signals, settings: { ...PLAIN, ...settings } });
    assert.deepEqual(run.trades.map(({ funding }) => funding), [0]);
  }
});

Deno.test("filled inside of a candle, it pays what fell due there, and is not paid", () => {
  // A purchase at 95 is filled inside of the second day: 08:00 and 16:00 may have been before.
  const days = candlesAt("1d", [24], [48, 90, 100]);
  const orders = { limitEntry: 0.05 }, signals = { enterLong: [1, 0] };
  for (const [rate, funding] of [[0.001, 3], [-0.001, -1]]) {
    for (const { candles, settings } of bothWays(days, rate)) {
      const run = accountRun({
        ...{ candles, signals, stops: orders },
        settings: { ...PLAIN, ...settings },
      });
      assert(run.open !== undefined);
      assert(Math.abs(run.funding - funding) < 1e-9, `${run.funding}, not ${funding}`);
    }
  }
});
