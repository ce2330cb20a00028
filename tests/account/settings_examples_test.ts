/** Costs, sizes and protections worked by hand, on prices at which they can be checked by eye. */
import assert from "node:assert/strict";
import { type AccountInput, accountRun } from "../support/account_run.ts";
import { HOUR, hours, MIDNIGHT, on, type Prices, still } from "./hours.ts";

const near = (actual: number, expected: number) =>
  assert(Math.abs(actual - expected) < 1e-9 * Math.abs(expected), `${actual} is not ${expected}`);

/** Bought at the open of the second candle, at 100, and sold at that of the third, at 110. */
function bought(settings: AccountInput["settings"], stops: AccountInput["stops"] = {}) {
  return accountRun({
    candles: hours(still(100), still(100), still(110)),
    signals: { enterLong: on([0], 3), exitLong: on([1], 3), volatility: [0.02, 0.01, 0.01] },
    settings: { fee: 0, ...settings },
    stops,
  });
}

Deno.test("a fixed fee is paid on each fill: 10,000 less 10 buy 99.9 units", () => {
  const { trades: [trade] } = bought({ fixedFee: 10 });
  near(trade.amount, 99.9);
  near(trade.fees, 20);
  near(trade.pnl, 99.9 * 10 - 20);
});

Deno.test("half the spread is paid each way: bought at 100.5, sold at 109.45", () => {
  const { trades: [trade] } = bought({ spread: 0.01 });
  near(trade.entryPrice, 100.5);
  near(trade.exitPrice, 109.45);
});

Deno.test("a fill moves the price by its share of the last closed candle's volume", () => {
  // Each candle has a volume of 1; 0.5 units are half of it, and 2 % of a half is 1 %.
  const { trades: [trade] } = bought({ impact: 0.02, sizing: "units", size: 0.5 });
  near(trade.entryPrice, 101);
  near(trade.exitPrice, 110 * 0.99);
});

Deno.test("all in, what the fill itself moves is paid for too, to the cent", () => {
  const { fills: [fill] } = bought({ impact: 0.02, balance: 50 });
  // amount × 100 × (1 + 0.02 × amount) = 50
  near(fill.amount, (Math.sqrt(1 + 4 * 0.02 * 0.5) - 1) / (2 * 0.02));
  assert(fill.cash >= 0 && fill.cash < 1e-9);
});

Deno.test("a target that was waiting pays the maker's fee, a market fill the taker's", () => {
  const { fills } = accountRun({
    candles: hours(still(100), still(100), still(110)),
    signals: { enterLong: on([0], 3) },
    settings: { fee: 0.001, makerFee: 0.0002, sizing: "units", size: 10 },
    stops: { takeProfit: 0.05 },
  });
  assert.deepEqual(fills.map(({ role }) => role), ["taker", "maker"]);
  near(fills[0].fee, 10 * 100 * 0.001);
  near(fills[1].fee, 10 * 110 * 0.0002);
});

Deno.test("orders wait on ticks, away from the market; market fills do not", () => {
  const exits = (stops: AccountInput["stops"], settings = {}) =>
    accountRun({
      candles: hours(still(100.03), still(100.03), [100, 120, 80, 100]),
      signals: { enterLong: on([0], 3) },
      settings: { fee: 0, tick: 0.25, ...settings },
      stops,
    }).fills.map(({ price }) => Math.round(price * 1e6) / 1e6);
  assert.deepEqual(exits({ stopLoss: 0.1 }), [100.03, 90]);
  assert.deepEqual(exits({ takeProfit: 0.1 }), [100.03, 110.25]);
  assert.deepEqual(exits({ limitEntry: 0.1, timeInForce: 5 }), [90]);
  assert.deepEqual(exits({ stopEntry: 0.1, timeInForce: 5 }), [110.25]);
  // What is on a tick but for rounding stays there.
  assert.deepEqual(exits({ stopLoss: [10.03, 1, 1] }, { tick: 0.1 }), [100.03, 90]);
});

Deno.test("a size is a fraction, money, units, a risk to the stop, or a volatility", () => {
  const amount = (settings: AccountInput["settings"], stops: AccountInput["stops"] = {}) =>
    bought(settings, stops).fills[0].amount;
  near(amount({ size: 0.25 }), 25);
  near(amount({ sizing: "quote", size: 3_000 }), 30);
  near(amount({ sizing: "units", size: 7.5 }), 7.5);
  // 1 % of 10,000 is lost by 20 units that fall by 5.
  near(amount({ sizing: "risk", size: 0.01 }, { stopLoss: 0.05 }), 20);
  near(amount({ sizing: "risk", size: 0.01 }, { trailingStop: [4, 9, 9] }), 25);
  near(amount({ sizing: "risk", size: 0.01, lot: 3 }, { stopLoss: 0.05 }), 18);
  // A stop so near that all of the equity cannot lose as much: all in.
  near(amount({ sizing: "risk", size: 0.5 }, { stopLoss: 0.01 }), 100);
  // A quarter of the equity moves by 0.5 % if all of it moves by 2 %.
  near(amount({ sizing: "volatility", size: 0.005 }), 25);
});

Deno.test("what cannot be bought is refused, and it is said why", () => {
  const refused = (settings: AccountInput["settings"], stops: AccountInput["stops"] = {}) =>
    bought(settings, stops).refusals;
  const refusal = { time: MIDNIGHT + HOUR, side: "long", price: 100 };
  assert.deepEqual(refused({ lot: 101 }), [{ ...refusal, reason: "lot" }]);
  assert.deepEqual(refused({ sizing: "quote", size: 10_001 }), [{ ...refusal, reason: "cash" }]);
  assert.deepEqual(refused({ sizing: "units", size: 101 }), [{ ...refusal, reason: "cash" }]);
  assert.deepEqual(refused({ size: 0.01, minNotional: 101 }), [
    { ...refusal, reason: "minNotional" },
  ]);
  assert.deepEqual(refused({}, { stopLoss: [NaN, 1, 1] }), [{ ...refusal, reason: "unknown" }]);
});

/** Buys at every second close; candles as given. */
function busy(candles: Prices[], settings: AccountInput["settings"], stops = {}) {
  const { length } = candles, odd = candles.map((_, i) => i).filter((i) => i % 2);
  const even = candles.map((_, i) => i).filter((i) => i % 2 === 0);
  return accountRun({
    candles: hours(...candles),
    signals: { enterLong: on(even, length), exitLong: on(odd, length) },
    settings: { fee: 0, fill: "close", ...settings },
    stops,
  });
}

Deno.test("a drawdown of 20 % closes the position, and nothing is opened any more", () => {
  const { trades, counts } = busy([100, 100, 100, 79, 100, 100, 100].map(still), {
    maxDrawdown: 0.2,
  });
  assert.deepEqual(trades.map(({ reason, exitPrice }) => [reason, exitPrice]), [
    ["signal", 100],
    ["maxDrawdown", 79],
  ]);
  assert.equal(counts.forbidden, 2);
});

Deno.test("a day that lost 10 % is over; the next one is not", () => {
  const prices = [100, 100, 100, 89, ...new Array(24).fill(89)];
  const { trades, refusals } = busy(prices.map(still), { dailyLoss: 0.1 });
  assert.deepEqual(trades.slice(0, 2).map(({ reason }) => reason), ["signal", "dailyLoss"]);
  const midnight = MIDNIGHT + 24 * HOUR;
  assert(refusals.length === 10 && refusals.every(({ time }) => time <= midnight));
  assert.equal(trades[2].entryTime, midnight + HOUR);
});

Deno.test("after a stop, entries wait for the cooldown", () => {
  const prices: Prices[] = [still(100), [100, 100, 80, 100], ...new Array(5).fill(still(100))];
  const entries = (cooldown?: number) =>
    accountRun({
      candles: hours(...prices),
      signals: { enterLong: new Array(7).fill(1) },
      settings: { fee: 0, fill: "close", cooldown },
      stops: { stopLoss: 0.1 },
    }).fills.filter(({ reason }) => reason === "entry").map(({ time }) => (time - MIDNIGHT) / HOUR);
  assert.deepEqual(entries(), [1, 2]);
  assert.deepEqual(entries(1), [1, 3]);
  assert.deepEqual(entries(3), [1, 5]);
});

Deno.test("so many trades a day, and so many losses in a row", () => {
  const count = (settings: AccountInput["settings"], prices: number[]) =>
    busy(prices.map(still), settings).trades.length;
  const flat = new Array(30).fill(100), falling = flat.map((price, i) => price - i);
  assert.equal(count({}, flat), 15);
  // Three until midnight, and three of those three that are left behind it.
  assert.equal(count({ maxTradesPerDay: 3 }, flat), 6);
  assert.equal(count({ maxLossesInRow: 4 }, flat), 15);
  assert.equal(count({ maxLossesInRow: 4 }, falling), 4);
});
