/**
 * Entries that wait for a price, worked by hand. The strategy decides on the close of a candle that
 * stands at 100; the table has the candles behind it. No fees, no slippage.
 */
import assert from "node:assert/strict";
import { type AccountInput, accountRun } from "../support/account_run.ts";
import { HOUR, hours, MIDNIGHT, on, type Prices, still } from "./hours.ts";

interface Example {
  side: "long" | "short";
  stops: NonNullable<AccountInput["stops"]>;
  ambiguous?: number;
  table: string;
}

const EXAMPLES: Record<string, Example> = {
  "limit 5 % below: waits for 95": {
    side: "long",
    stops: { limitEntry: 0.05, timeInForce: 3 },
    table: `
      open  high   low  close
       100   104    97     99
        99   100    94     96   entry at 95 within the candle`,
  },
  "limit 5 % below, a gap: bought at the better open": {
    side: "long",
    stops: { limitEntry: 0.05, timeInForce: 3 },
    table: `
      open  high   low  close
       100   104    97     99
        93   100    92     96   entry at 93 at the open`,
  },
  "limit by a series, 3 above for a short": {
    side: "short",
    stops: { limitEntry: [3, 50, 50] },
    table: `
      open  high   low  close
       100   104    97     99   entry at 103 within the candle`,
  },
  "stop 5 % above: waits for 105": {
    side: "long",
    stops: { stopEntry: 0.05, timeInForce: 2 },
    table: `
      open  high   low  close
       100   104    90     99
        99   106    98    104   entry at 105 within the candle`,
  },
  "stop 5 % above, a gap: bought at the worse open": {
    side: "long",
    stops: { stopEntry: 0.05 },
    table: `
      open  high   low  close
       108   109   107    108   entry at 108 at the open`,
  },
  "stop 5 % below for a short": {
    side: "short",
    stops: { stopEntry: 0.05 },
    table: `
      open  high   low  close
       100   101    94     99   entry at 95 within the candle`,
  },
  "one candle, unless it is told to wait for more: then it is given up": {
    side: "long",
    stops: { limitEntry: 0.05 },
    table: `
      open  high   low  close
       100   104    97     99   expired at 95 within the candle
        99   100    90     96`,
  },
  "limit and stop loss in one candle: behind the fill the price went on to the low": {
    side: "long",
    stops: { limitEntry: 0.05, stopLoss: 0.1 },
    table: `
      open  high   low  close
       100   104    85     99   entry at 95 within the candle, stopLoss at 85.5 within the candle`,
  },
  "limit and target in one candle: the high may have been before the fill": {
    side: "long",
    stops: { limitEntry: 0.05, takeProfit: 0.1 },
    ambiguous: 1,
    table: `
      open  high   low  close
       100   106    94     96   entry at 95 within the candle
        96   105    95    104   takeProfit at 104.5 within the candle`,
  },
  "limit and target in one candle: a close beyond it was certainly behind the fill": {
    side: "long",
    stops: { limitEntry: 0.05, takeProfit: 0.1 },
    table: `
      open  high   low  close
       100   106    94    105   entry at 95 within the candle, takeProfit at 104.5 within the candle`,
  },
  "stop and stop loss in one candle: the low may have been before, the worse is taken": {
    side: "long",
    stops: { stopEntry: 0.05, stopLoss: 0.1 },
    ambiguous: 1,
    table: `
      open  high   low  close
       100   106    90    104   entry at 105 within the candle, stopLoss at 94.5 within the candle`,
  },
  "stop and target in one candle: behind the fill the price went on to the high": {
    side: "long",
    stops: { stopEntry: 0.05, takeProfit: 0.1 },
    table: `
      open  high   low  close
       100   120    99    110   entry at 105 within the candle, takeProfit at 115.5 within the candle`,
  },
};

const CANDLE = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*(.*)$/;
const EVENT = /(\w+) at ([\d.]+) (at the open|within the candle)/g;

function check({ side, stops, table, ambiguous = 0 }: Example): void {
  const lines = table.split("\n").map((line) => CANDLE.exec(line)).filter((line) => line !== null);
  const candles = hours(
    still(100),
    ...lines.map(([, ...cells]) => cells.slice(0, 4).map(Number) as Prices),
  );
  const rows = candles.length,
    expected = lines.flatMap(([, , , , , note], i) =>
      [...note.matchAll(EVENT)].map(([, what, price, when]) => ({
        what,
        price: Number(price),
        time: MIDNIGHT + HOUR * (when === "at the open" ? i + 1 : i + 2),
      }))
    );
  const { fills, refusals, counts } = accountRun({
    candles,
    signals: { [side === "long" ? "enterLong" : "enterShort"]: on([0], rows) },
    settings: { fee: 0, shorts: true },
    stops,
  });
  const events = [...fills, ...refusals].map(({ reason: what, price, time }) => ({
    what,
    price: Math.round(price * 1e9) / 1e9,
    time,
  }));
  assert.deepEqual(events, expected);
  assert.equal(counts.ambiguous, ambiguous);
  assert.equal(counts.expired, refusals.length);
}

for (const [name, example] of Object.entries(EXAMPLES)) {
  Deno.test(`by hand, ${example.side} entry: ${name}`, () => check(example));
}

Deno.test("an entry that waits is given up when its side's exit fires, and replaced by a new one", () => {
  const candles = hours(still(100), still(100), still(100), [100, 100, 90, 95]);
  const entry = (signals: AccountInput["signals"]) =>
    accountRun({
      candles,
      signals,
      settings: { fee: 0 },
      stops: { limitEntry: 0.05, timeInForce: 9 },
    }).fills.map(({ price }) => price);
  assert.deepEqual(entry({ enterLong: on([0], 4) }), [95]);
  assert.deepEqual(entry({ enterLong: on([0], 4), exitLong: on([1], 4) }), []);
  assert.deepEqual(entry({ enterLong: on([0, 2], 4), exitLong: on([1], 4) }), [95]);
});

Deno.test("a reversal closes at the market, and enters where its order waits", () => {
  const { fills } = accountRun({
    candles: hours(still(100), [100, 100, 94, 100], still(100), [101, 106, 101, 105]),
    signals: { enterLong: on([0], 4), enterShort: on([1], 4) },
    settings: { fee: 0, shorts: true },
    stops: { limitEntry: 0.05, timeInForce: 3 },
  });
  assert.deepEqual(fills.map(({ side, price, reason, role }) => [side, price, reason, role]), [
    ["buy", 95, "entry", "maker"],
    ["sell", 100, "reversal", "taker"],
    ["sell", 105, "entry", "maker"],
  ]);
});

/** A buyer waits for 95; fees are 1 % for takers and none for makers, slippage and half the spread 2 %. */
const boughtAt = (open: number, before: Prices[] = []) =>
  accountRun({
    candles: hours(still(100), ...before, [open, open, open, open]),
    signals: { enterLong: on([0], 2 + before.length) },
    settings: { fee: 0.01, makerFee: 0, slippage: 0.01, spread: 0.02, sizing: "units", size: 1 },
    stops: { limitEntry: 0.05, timeInForce: 9 },
  }).fills.map(({ price, role, fee }) => ({ price, role, fee }));

Deno.test("a limit that the first open is beyond already did not wait: it takes what is offered", () => {
  assert.deepEqual(boughtAt(90), [{ price: 90 * 1.02, role: "taker", fee: 90 * 1.02 * 0.01 }]);
});

Deno.test("but at no price that is worse than its own", () => {
  assert.deepEqual(boughtAt(94), [{ price: 95, role: "taker", fee: 95 * 0.01 }]);
  assert.deepEqual(boughtAt(95), [{ price: 95, role: "taker", fee: 95 * 0.01 }]);
});

Deno.test("one that has waited is filled where it waits, or at an open beyond, as a maker", () => {
  assert.deepEqual(boughtAt(90, [still(100)]), [{ price: 90, role: "maker", fee: 0 }]);
});

Deno.test("what its size moves ends at its limit too: all of the cash buys at one price", () => {
  const { fills, refusals } = accountRun({
    candles: hours(still(100), [94, 94, 94, 94]),
    signals: { enterLong: [1, 0] },
    settings: { balance: 950, fee: 0, impact: 0.5 },
    stops: { limitEntry: 0.05 },
  });
  assert.deepEqual(refusals, []);
  assert.deepEqual(fills.map(({ price, amount }) => [price, amount]), [[95, 10]]);
});
