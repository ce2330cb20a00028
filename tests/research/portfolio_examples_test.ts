/** Portfolios on a few candles each, worked by hand. */
import assert from "node:assert/strict";
import { backtestPortfolio } from "../../engine/research/backtest_portfolio.ts";
import { C, hours, L, lines, run, S, X } from "./portfolio_hours.ts";
import { coded, HOUR, START } from "./random_portfolios.ts";

Deno.test("what is sold at an open pays for what is bought there, whoever comes first", () => {
  const candles = {
    A: hours([[100, 0], [100, 0], [100, L], [120, 0], [120, 0]]),
    B: hours([[50, L], [50, 0], [60, X], [60, 0], [60, 0]]),
  };
  const result = run(candles, { portfolio: { allocation: { A: 1, B: 1 } } });
  assert.deepEqual(lines(result), [
    "1 B buy 200 at 50 entry",
    "3 B sell 200 at 60 signal",
    "3 A buy 120 at 100 entry",
  ]);
  assert.deepEqual([...result.equity.column("equity")], [10_000, 10_000, 12_000, 14_400, 14_400]);
});

Deno.test("of entries at one open the first in the order of names gets the cash, or in the given one", () => {
  const both = () => hours([[100, L], [100, 0], [100, 0]]);
  const candles = { B: both(), A: both() }, allocation = { A: 1, B: 1 };
  const byName = run(candles, { portfolio: { allocation } });
  assert.deepEqual(lines(byName), ["1 A buy 100 at 100 entry"]);
  assert.deepEqual(byName.refusals.rows.map(({ instrument, reason }) => [instrument, reason]), [
    ["B", "cash"],
  ]);
  const given = run(candles, { portfolio: { allocation, priority: ["B"] } });
  assert.deepEqual(lines(given), ["1 B buy 100 at 100 entry"]);
});

Deno.test("cash that a stop frees inside a candle buys nothing at that candle's open or inside it", () => {
  const candles = {
    // Falls through its stop at 90 in the third hour.
    A: hours([[100, L], [100, 0], [80, 0], [80, 0]]),
    // Wants to buy at the open of the third hour, and again at that of the fourth.
    B: hours([[50, 0], [50, L], [50, L], [50, 0]]),
  };
  const result = run(candles, { portfolio: { allocation: { A: 1, B: 1 } } }, { stopLoss: 0.1 });
  assert.deepEqual(lines(result), [
    "1 A buy 100 at 100 entry",
    "3 A sell 100 at 90 stopLoss",
    "3 B buy 180 at 50 entry",
  ]);
  assert.deepEqual(result.refusals.rows.map(({ time }) => (time - START) / HOUR), [2]);
});

Deno.test("what buying a short back takes, and as much again, is nobody's to spend", () => {
  const candles = {
    A: hours([[100, S], [100, 0], [100, 0], [100, C], [100, 0]]),
    B: hours([[50, 0], [50, 0], [50, L], [50, 0], [50, 0]]),
  };
  const options = { account: { size: 0.75 }, portfolio: { allocation: { A: 1, B: 1 } } };
  assert.deepEqual(lines(run(candles, options)), [
    "1 A sell 75 at 100 entry",
    // 7,500 are short, so that 2,500 of the equity are free.
    "3 B buy 50 at 50 entry",
    "4 A buy 75 at 100 signal",
  ]);
});

Deno.test("a short that gained is built up to its share as a long would be", () => {
  const candles = { A: hours([[100, S], [100, 0], [50, 0], [50, 0]]) };
  const options = { account: { size: 1 }, portfolio: { rebalance: { threshold: 0.01 } } };
  assert.deepEqual(lines(run(candles, options)), [
    "1 A sell 100 at 100 entry",
    // At 50 the account is worth 15,000, which is 300 units.
    "3 A sell 200 at 50 entry",
  ]);
});

Deno.test("what cannot be built up to its share is refused, and says why", () => {
  const candles = { A: hours([[100, L], [100, 0], [100, X], [100, 0]]) };
  const options = {
    account: { size: 1 },
    // Its share is all of the equity, of which no more than half may be at work.
    portfolio: { rebalance: { threshold: 0.01 }, exposureCap: 0.5 },
  };
  const result = run(candles, options);
  assert.deepEqual(lines(result), ["1 A buy 50 at 100 entry", "3 A sell 50 at 100 signal"]);
  const told = result.refusals.rows.map(({ time, side, reason }) => [
    (time - START) / HOUR,
    side,
    reason,
  ]);
  assert.deepEqual(told, [[2, "long", "exposure"]]);
});

Deno.test("shorts that the cash can no longer buy back take what there is in proportion", () => {
  const short = (last: number) => hours([[100, S], [100, 0], [last, 0], [last, 0]]);
  const result = run({ A: short(250), B: short(250) }, {});
  // 50 units each: buying both back takes 25,000, of which there are 20,000.
  assert.deepEqual(lines(result), [
    "1 A sell 50 at 100 entry",
    "1 B sell 50 at 100 entry",
    "3 A buy 50 at 200 ruin",
    "3 B buy 50 at 200 ruin",
  ]);
  assert.deepEqual([...result.equity.column("equity")], [10_000, 10_000, 0, 0]);
  assert.deepEqual([...result.equity.column("cash")], [10_000, 20_000, 0, 0]);
});

Deno.test("a short is bought back with cash, never with another position", () => {
  const candles = {
    A: hours([[100, L], [100, 0], [100, 0], [110, 0]]),
    B: hours([[100, S], [100, 0], [400, 0], [400, S]]),
  };
  const result = run(candles, {});
  assert.deepEqual(lines(result), [
    "1 A buy 50 at 100 entry",
    "1 B sell 50 at 100 entry",
    // It would take 20,000; the cash is 10,000.
    "3 B buy 50 at 200 ruin",
  ]);
  assert.deepEqual([...result.equity.column("equity")], [10_000, 10_000, 5_000, 5_500]);
  assert.match(result.notes().join(), /could no longer buy back a short/);
});

Deno.test("the share of each goes by the inverse of its deviation", () => {
  // Returns of ±10 % and ±30 % around 0: their deviations are as 1 to 3.
  const wave = (by: number) => {
    const rows: [number, number][] = [[100, 0]];
    for (const sign of [1, -1, 1, -1]) rows.push([rows.at(-1)![0] * (1 + sign * by), 0]);
    rows.at(-1)![1] = L;
    return hours([...rows, [rows.at(-1)![0], 0]]);
  };
  const result = run({ A: wave(0.1), B: wave(0.3) }, {
    portfolio: { weights: "inverseVolatility", window: 4 },
  });
  const spent = result.fills.rows.map(({ amount, price }) => amount * price);
  assert.ok(Math.abs(spent[0] - 7_500) < 1e-6 && Math.abs(spent[1] - 2_500) < 1e-6, `${spent}`);
});

Deno.test("no entry before the deviation is known", () => {
  const candles = { A: hours([[100, L], [101, L], [99, L], [100, 0], [100, 0]]) };
  const result = run(candles, { portfolio: { weights: "inverseVolatility", window: 2 } });
  assert.deepEqual(result.refusals.rows.map(({ reason }) => reason), ["unknown", "unknown"]);
  assert.deepEqual(lines(result), ["3 A buy 101.010101 at 99 entry"]);
});

Deno.test("positions go back to their shares: first what is sold, then what is bought for it", () => {
  const flat = (last: number) => hours([[100, L], [100, 0], [last, 0], [last, 0], [last, 0]]);
  const result = run({ A: flat(80), B: flat(160) }, {
    portfolio: { rebalance: { threshold: 0.05 } },
  });
  assert.deepEqual(lines(result), [
    "1 A buy 50 at 100 entry",
    "1 B buy 50 at 100 entry",
    // 4,000 and 8,000 of 12,000: each to 6,000.
    "3 B sell 12.5 at 160 rebalance",
    "3 A buy 25 at 80 entry",
  ]);
  const [a] = result.open.rows;
  assert.deepEqual([a.instrument, a.amount, a.entryPrice], ["A", 75, (50 * 100 + 25 * 80) / 75]);
});

Deno.test("a threshold that is not reached leaves positions as they are; days wait for the day", () => {
  const flat = (last: number) =>
    hours([[100, L], [100, 0], [last, 0], [last, 0], [last, 0], [last, 0], [last, 0]]);
  const within = run({ A: flat(95), B: flat(105) }, {
    portfolio: { rebalance: { threshold: 0.03 } },
  });
  assert.equal(within.fills.length, 2);
  // The first hour is that of 20:00: the first close of the next day is that of 01:00.
  const daily = run({ A: flat(80), B: flat(160) }, { portfolio: { rebalance: { days: 1 } } });
  assert.deepEqual(lines(daily).slice(2), [
    "5 B sell 12.5 at 160 rebalance",
    "5 A buy 25 at 80 entry",
  ]);
});

Deno.test("an instrument whose candle is missing keeps its last close, and waits with its order", () => {
  const candles = {
    A: hours([[100, L], undefined, undefined, [130, 0], [130, 0]]),
    B: hours([[50, L], [50, 0], [60, 0], [60, 0], [60, 0]]),
  };
  const result = run(candles, {});
  assert.deepEqual(lines(result), [
    "1 B buy 100 at 50 entry",
    // Half of 11,000 would be more than the cash.
    "3 A buy 50 at 100 entry",
  ]);
  assert.deepEqual([...result.equity.column("equity")], [10_000, 10_000, 11_000, 12_500, 12_500]);
  assert.match(result.notes().join(), /A: 1 gap, 2 candles missing/);
});

Deno.test("a drawdown of the whole ends the trading of all", () => {
  const candles = {
    A: hours([[100, L], [100, 0], [50, 0], [50, 0], [50, L], [50, 0]]),
    B: hours([[100, L], [100, 0], [100, 0], [100, 0], [100, 0], [100, 0]]),
  };
  const result = run(candles, { account: { maxDrawdown: 0.2 } });
  assert.deepEqual(lines(result).slice(2), [
    "3 A sell 50 at 50 maxDrawdown",
    "3 B sell 50 at 100 maxDrawdown",
  ]);
  assert.deepEqual(result.refusals.rows.map(({ reason }) => reason), ["protection"]);
});

Deno.test("funding is paid out of the cash that all share, and told by who owed it", () => {
  const flat = (code: number) => hours([[100, code], [100, 0], [100, 0], [100, 0], [100, 0]]);
  const options = { account: { size: 0.5, fundingRate: 0.01, fundingHours: 8 } };
  const result = run({ A: flat(L), B: flat(S) }, options);
  // Each holds 2,500 at midnight, the fourth hour: the long pays 25, the short is paid them.
  assert.deepEqual([...result.equity.column("cash")], [10_000, 10_000, 10_000, 10_000, 10_000]);
  assert.deepEqual([...result.profits.column("A")], [0, 0, 0, -25, -25]);
  assert.deepEqual([...result.profits.column("B")], [0, 0, 0, 25, 25]);
});

Deno.test("each strategy, its parameters, its costs and its candles may be its own", () => {
  const rising = hours([[100, L], [100, 0], [110, 0], [110, 0]]);
  const result = backtestPortfolio({ A: coded(), B: coded({ takeProfit: 0.05 }) }, {
    A: rising,
    B: rising,
  }, { account: { fee: 0 }, instruments: { B: { fee: 0.01, lot: 10 } } });
  assert.deepEqual(lines(result), [
    "1 A buy 50 at 100 entry",
    "1 B buy 40 at 100 entry",
    "3 B sell 40 at 105 takeProfit",
  ]);
  assert.deepEqual(result.fills.rows.map(({ fee }) => fee), [0, 40, 42]);
});
