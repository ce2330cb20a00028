/** One rule a test, with numbers that can be checked by hand. */
import assert from "node:assert/strict";
import { accountRun } from "../support/account_run.ts";
import { HOUR, hours, MIDNIGHT, on, still } from "./hours.ts";

const FREE = { fee: 0, slippage: 0 };

Deno.test("a decision on a close is filled at the next open", () => {
  const candles = hours(still(100), [110, 120, 105, 115], [130, 130, 130, 130], still(130));
  const { trades, curve } = accountRun({
    candles,
    signals: { enterLong: on([0], 4), exitLong: on([1], 4) },
    settings: { ...FREE, balance: 1_100 },
  });
  assert.deepEqual(trades, [{
    side: "long",
    entryTime: MIDNIGHT + HOUR,
    entryPrice: 110,
    exitTime: MIDNIGHT + 2 * HOUR,
    exitPrice: 130,
    amount: 10,
    fees: 0,
    slippage: 0,
    funding: 0,
    pnl: 200,
    return: 200 / 1_100,
    reason: "signal",
  }]);
  assert.deepEqual([...curve.equity], [1_100, 1_150, 1_300, 1_300]);
  assert.deepEqual([...curve.cash], [1_100, 0, 1_300, 1_300]);
  assert.deepEqual([...curve.position], [0, 10, 0, 0]);
});

Deno.test("a decision may be filled at its own close, to compare", () => {
  const { trades } = accountRun({
    candles: hours(still(100), [110, 120, 105, 125]),
    signals: { enterLong: on([0], 2), exitLong: on([1], 2) },
    settings: { ...FREE, balance: 1_000, fill: "close" },
  });
  assert.deepEqual([trades[0].entryPrice, trades[0].exitPrice], [100, 125]);
  assert.deepEqual([trades[0].entryTime, trades[0].exitTime], [
    MIDNIGHT + HOUR,
    MIDNIGHT + 2 * HOUR,
  ]);
});

Deno.test("all in leaves room for the fee, and slippage moves both fills against us", () => {
  const { trades, curve, fees, turnover } = accountRun({
    candles: hours(still(100), still(100), still(200), still(200)),
    signals: { enterLong: on([0], 4), exitLong: on([1], 4) },
    settings: { balance: 1_020.1, fee: 0.01, slippage: 0.01 },
  });
  // Bought 10 at 101 for 1,010 and a fee of 10.10; sold at 198 for 1,980 and a fee of 19.80.
  const [{ amount, entryPrice, exitPrice, fees: paid, slippage, pnl }] = trades;
  const found = [amount, entryPrice, exitPrice, paid, slippage, pnl, fees, turnover];
  const expected = [10, 101, 198, 29.9, 30, 1_960.2 - 1_020.1, 29.9, 2_990];
  found.forEach((value, i) => assert(Math.abs(value - expected[i]) < 1e-9, `${i}: ${value}`));
  assert(Math.abs(curve.equity[3] - 1_960.2) < 1e-9);
});

Deno.test("a short gains what the price loses, and pays for both sides", () => {
  const { trades, curve } = accountRun({
    candles: hours(still(100), still(100), still(80), still(80)),
    signals: { enterShort: on([0], 4), exitShort: on([1], 4) },
    settings: { balance: 1_010, fee: 0.01, shorts: true },
  });
  // Sold 10 at 100 for 1,000, bought back for 800: gain 200, fees 10 and 8.
  assert.equal(trades[0].side, "short");
  assert(Math.abs(trades[0].amount - 10) < 1e-12);
  assert(Math.abs(trades[0].pnl - 182) < 1e-9);
  assert(Math.abs(trades[0].return - 0.182) < 1e-12);
  assert(Math.abs(curve.equity[1] - 1_000) < 1e-9, "marked at the close, the entry's fee paid");
  assert(Math.abs(curve.equity[3] - 1_192) < 1e-9);
});

Deno.test("a same-side entry in a position is ignored and is no signal", () => {
  const { signals, open } = accountRun({
    candles: hours(still(100), still(100), still(50), still(50)),
    signals: { enterLong: on([0, 1, 2], 4) },
    settings: { ...FREE, size: 0.5, balance: 1_000 },
  });
  assert.deepEqual(signals.map(({ row }) => row), [0]);
  assert.equal(open?.amount, 5);
});

Deno.test("confidence is recorded between 0 and 1, whatever a strategy computes", () => {
  const { signals } = accountRun({
    candles: hours(still(100), still(101)),
    signals: { enterLong: on([0], 2), exitLong: on([1], 2), confidence: [71.5, -3] },
    settings: {},
  });
  assert.deepEqual(signals.map(({ signal }) => signal.confidence), [1, 0]);
});

Deno.test("what a row decides carries its time, price and confidence", () => {
  const { signals } = accountRun({
    candles: hours(still(100), still(101), still(102)),
    signals: {
      enterLong: on([0], 3),
      enterShort: on([1], 3),
      exitShort: on([2], 3),
      confidence: [0.25, NaN, 0.5],
    },
    settings: { shorts: true },
  });
  assert.deepEqual(signals.map(({ signal }) => signal), [
    { time: MIDNIGHT + HOUR, action: "enterLong", confidence: 0.25, price: 100 },
    { time: MIDNIGHT + 2 * HOUR, action: "reverseToShort", confidence: 1, price: 101 },
    { time: MIDNIGHT + 3 * HOUR, action: "exitShort", confidence: 0.5, price: 102 },
  ]);
});

Deno.test("a decision on the last row is known, and not filled", () => {
  const { signals, trades, open } = accountRun({
    candles: hours(still(100), still(100)),
    signals: { enterLong: on([1], 2) },
  });
  assert.equal(signals.length, 1);
  assert.deepEqual([trades.length, open], [0, undefined]);
});

Deno.test("entries of both sides cancel and are counted", () => {
  const { counts, signals } = accountRun({
    candles: hours(still(100), still(100), still(100)),
    signals: { enterLong: on([0, 1], 3), enterShort: on([0, 1], 3) },
    settings: { shorts: true },
  });
  const none = { ambiguous: 0, refused: 0, forbidden: 0, expired: 0, liquidated: 0 };
  assert.deepEqual(counts, { cancelled: 2, ...none });
  assert.deepEqual(signals, []);
});

Deno.test("an open position is marked at the last close, not closed", () => {
  const { open, trades, curve } = accountRun({
    candles: hours(still(100), still(100), still(130)),
    signals: { enterLong: on([0], 3) },
    settings: { balance: 1_010, fee: 0.01 },
  });
  assert.equal(trades.length, 0);
  const { side, entryTime, entryPrice, amount, fees, pnl } = open!;
  assert.deepEqual([side, entryTime, entryPrice], ["long", MIDNIGHT + HOUR, 100]);
  assert(Math.abs(amount - 10) < 1e-12 && Math.abs(fees - 10) < 1e-9);
  assert(Math.abs(pnl - 290) < 1e-9);
  assert(Math.abs(curve.equity[2] - 1_300) < 1e-9);
});

Deno.test("a short that loses everything ends the run", () => {
  const { trades, curve, ended, signals } = accountRun({
    candles: hours(still(100), still(100), [150, 230, 150, 220], still(50), still(50)),
    signals: { enterShort: on([0], 5), enterLong: on([3], 5) },
    settings: { ...FREE, balance: 1_000, shorts: true },
  });
  assert.equal(ended, true);
  assert.deepEqual([...curve.equity], [1_000, 1_000, 0, 0, 0]);
  assert.equal(signals.length, 1);
  const { reason, exitTime, exitPrice, pnl } = trades[0];
  // It is bought back at 200, where nothing is left, and not at 220, where it owes 200.
  assert.deepEqual([reason, exitTime, exitPrice, pnl], ["ruin", MIDNIGHT + 3 * HOUR, 200, -1_000]);
});

Deno.test("a reversal that cannot be paid for ends the run instead", () => {
  const { trades, open, ended } = accountRun({
    candles: hours(still(100), still(100), still(250), still(250)),
    signals: { enterShort: on([0], 4), enterLong: on([1], 4) },
    settings: { ...FREE, balance: 1_000, shorts: true },
  });
  assert.deepEqual([ended, open, trades.length], [true, undefined, 1]);
  assert.equal(trades[0].reason, "ruin");
  assert.equal(trades[0].pnl, -1_000);
});
