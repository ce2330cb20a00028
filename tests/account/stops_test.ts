/** Stops and targets around an entry at 100: 90 and 120 for a long, 110 and 80 for a short. */
import assert from "node:assert/strict";
import { accountRun } from "../support/account_run.ts";
import { HOUR, hours, MIDNIGHT, on, type Prices, still } from "./hours.ts";

const STOPS = { stopLoss: 0.1, takeProfit: 0.2 };

interface Exit {
  reason: string;
  price: number;
  time: number;
  ambiguous: number;
}

/** How a position that was opened at 100, at 01:00, is closed by the candles from 02:00 on. */
function exitOf(side: "long" | "short", candles: Prices[], slippage = 0): Exit | undefined {
  const rows = hours(still(100), still(100), ...candles), fire = on([0], rows.length);
  const { trades: [trade], counts } = accountRun({
    candles: rows,
    signals: side === "long" ? { enterLong: fire } : { enterShort: fire },
    settings: { fee: 0, slippage, shorts: true },
    stops: STOPS,
  });
  if (!trade) return undefined;
  const { reason, exitPrice: price, exitTime: time } = trade;
  return { reason, price, time, ambiguous: counts.ambiguous };
}

const TWO = MIDNIGHT + 2 * HOUR, THREE = MIDNIGHT + 3 * HOUR;

Deno.test("a candle that stays between the levels changes nothing", () => {
  assert.equal(exitOf("long", [[100, 119.9, 90.1, 100]]), undefined);
  assert.equal(exitOf("short", [[100, 109.9, 80.1, 100]]), undefined);
});

Deno.test("a level that is touched is filled there, at the candle's close time", () => {
  const ambiguous = 0, time = THREE;
  const stop = { reason: "stopLoss", time, ambiguous };
  const target = { reason: "takeProfit", time, ambiguous };
  assert.deepEqual(exitOf("long", [[100, 110, 90, 95]]), { ...stop, price: 90 });
  assert.deepEqual(exitOf("long", [[100, 120, 95, 95]]), { ...target, price: 120 });
  assert.deepEqual(exitOf("short", [[100, 110, 95, 95]]), { ...stop, price: 110 });
  assert.deepEqual(exitOf("short", [[100, 105, 80, 95]]), { ...target, price: 80 });
});

Deno.test("a gap through a level is filled at the open, at the open's time", () => {
  const ambiguous = 0, time = TWO;
  const stop = { reason: "stopLoss", time, ambiguous };
  const target = { reason: "takeProfit", time, ambiguous };
  assert.deepEqual(exitOf("long", [[85, 125, 80, 95]]), { ...stop, price: 85 });
  assert.deepEqual(exitOf("long", [[130, 130, 80, 95]]), { ...target, price: 130 });
  assert.deepEqual(exitOf("short", [[115, 120, 70, 95]]), { ...stop, price: 115 });
  assert.deepEqual(exitOf("short", [[75, 120, 70, 95]]), { ...target, price: 75 });
});

Deno.test("a candle that holds both levels is ambiguous: the stop is taken, and it is counted", () => {
  const expected = { reason: "stopLoss", time: THREE, ambiguous: 1 };
  assert.deepEqual(exitOf("long", [[100, 125, 85, 95]]), { ...expected, price: 90 });
  assert.deepEqual(exitOf("short", [[100, 115, 75, 95]]), { ...expected, price: 110 });
});

Deno.test("slippage worsens a stop, and not a target, which is a limit order", () => {
  const slippage = 0.01;
  const stop = exitOf("long", [[100, 110, 50, 95]], slippage)!;
  assert.equal(stop.price, 90.9 * (1 - slippage));
  const gap = exitOf("long", [[60, 110, 50, 95]], slippage)!;
  assert.equal(gap.price, 60 * (1 - slippage));
  const target = exitOf("long", [[100, 150, 95, 95]], slippage)!;
  assert.equal(target.price, 121.2);
});

Deno.test("with fills at the next open, the fill's own candle is checked", () => {
  const { trades } = accountRun({
    candles: hours(still(100), [100, 130, 95, 125]),
    signals: { enterLong: on([0], 2) },
    settings: { fee: 0 },
    stops: STOPS,
  });
  assert.equal(trades[0].reason, "takeProfit");
  assert.deepEqual([trades[0].entryTime, trades[0].exitTime], [MIDNIGHT + HOUR, TWO]);
});

Deno.test("with fills at the close, the next candle is the first to be checked", () => {
  const candles: Prices[] = [[100, 200, 10, 100], [100, 125, 95, 100]];
  const run = (rows: Prices[]) =>
    accountRun({
      candles: hours(...rows),
      signals: { enterLong: on([0], rows.length) },
      settings: { fee: 0, fill: "close" },
      stops: STOPS,
    });
  assert.equal(run(candles.slice(0, 1)).trades.length, 0);
  const { trades } = run(candles);
  assert.deepEqual([trades[0].reason, trades[0].exitTime], ["takeProfit", TWO]);
});

Deno.test("an exit that waits for the open comes before the candle's stops", () => {
  const { trades } = accountRun({
    candles: hours(still(100), still(100), [85, 85, 50, 60]),
    signals: { enterLong: on([0], 3), exitLong: on([1], 3) },
    settings: { fee: 0 },
    stops: STOPS,
  });
  assert.deepEqual([trades[0].reason, trades[0].exitPrice], ["signal", 85]);
});

Deno.test("after a stop, the same candle's signals open anew", () => {
  const { trades, open } = accountRun({
    candles: hours(still(100), still(100), [100, 100, 85, 88], still(88)),
    signals: { enterLong: on([0, 2], 4) },
    settings: { fee: 0 },
    stops: STOPS,
  });
  assert.deepEqual(trades.map(({ reason }) => reason), ["stopLoss"]);
  assert.deepEqual([open?.entryTime, open?.entryPrice], [THREE, 88]);
});

Deno.test("a level that a candle's price just touches is reached, whatever binary fractions say", () => {
  // 100 and a tenth of it make 110.00000000000001; 1.1 less a tenth of it makes 0.9900000000000001.
  const reach = (entry: number, level: number, side: "long" | "short", stops: object) => {
    const [low, high] = [Math.min(entry, level), Math.max(entry, level)];
    const { trades } = accountRun({
      candles: hours(still(entry), still(entry), [entry, high, low, entry], still(entry)),
      signals: { [side === "long" ? "enterLong" : "enterShort"]: [1, 0, 0, 0] },
      settings: { fee: 0, shorts: true },
      stops,
    });
    return trades.map(({ exitPrice }) => exitPrice);
  };
  const decimal = (whole: number, digits: number) => Number(`${whole}e-${digits}`);
  for (const [fraction, thousandths] of [[0.1, 100], [0.05, 50], [0.007, 7], [0.015, 15]]) {
    for (let cents = 101; cents < 60_000; cents += 211) {
      const entry = decimal(cents, 2);
      const up = decimal(cents * (1000 + thousandths), 5);
      const down = decimal(cents * (1000 - thousandths), 5);
      assert.deepEqual(reach(entry, up, "short", { stopLoss: fraction }), [up]);
      assert.deepEqual(reach(entry, down, "long", { stopLoss: fraction }), [down]);
      assert.deepEqual(reach(entry, up, "long", { takeProfit: fraction }), [up]);
      assert.deepEqual(reach(entry, down, "short", { takeProfit: fraction }), [down]);
    }
  }
});
