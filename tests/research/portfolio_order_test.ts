/** What comes before what among instruments on one account, worked by hand. */
import assert from "node:assert/strict";
import type { Candles } from "../../engine/market/candles.ts";
import type { PortfolioResult } from "../../engine/research/portfolio_result.ts";
import { hours, L, lines, run, S, X } from "./portfolio_hours.ts";
import { coded } from "./random_portfolios.ts";

/** Either may take all. */
const ALL = { portfolio: { allocation: { A: 1, B: 1 } } };

const refused = (result: PortfolioResult) =>
  result.refusals.rows.map(({ instrument, reason }) => `${instrument} ${reason}`);

Deno.test("with fills at the close, what is sold at a close pays for what is bought there, whoever is first", () => {
  const candles = {
    A: hours([[100, 0], [100, 0], [100, L], [120, 0]]),
    B: hours([[50, L], [50, 0], [60, X], [60, 0]]),
  };
  for (const priority of [["A"], ["B"]]) {
    const portfolio = { ...ALL.portfolio, priority };
    const result = run(candles, { portfolio, account: { fill: "close" } });
    assert.deepEqual(lines(result), [
      "1 B buy 200 at 50 entry",
      "3 B sell 200 at 60 signal",
      "3 A buy 120 at 100 entry",
    ]);
  }
});

Deno.test("a stop inside a candle frees no cash for an entry inside it, and closes what entered inside it", () => {
  const candles: Record<string, Candles> = {
    // Bought at the second open, and through its stop at 90 in the third hour.
    A: hours([[100, L], [100, 0], [80, 0], [80, 0]]),
    // Waits in the third hour for 45, 10 % below its close, and reaches it; 40.5 would be its stop.
    B: hours([[50, 0], [50, L], [40, 0], [40, 0]]),
  };
  const strategies = {
    A: coded({ stopLoss: 0.1 }),
    B: coded({ limitEntry: 0.1, stopLoss: 0.1, timeInForce: 1 }),
  };
  for (const priority of [["A"], ["B"]]) {
    const portfolio = { ...ALL.portfolio, priority };
    const result = run(candles, { portfolio }, {}, strategies);
    assert.deepEqual(lines(result), ["1 A buy 100 at 100 entry", "3 A sell 100 at 90 stopLoss"]);
    assert.deepEqual(refused(result), ["B cash"]);
  }
  const halves = run(candles, {}, {}, strategies), ofB = / B /;
  assert.deepEqual(lines(halves).filter((line) => ofB.test(line)), [
    "3 B buy 111.111111 at 45 entry",
    "3 B sell 111.111111 at 40.5 stopLoss",
  ]);
});

Deno.test("rebalancing builds nothing up while a protection forbids entries", () => {
  const flat = (last: number) => hours([[100, L], [100, 0], [last, 0], [last, 0], [last, 0]]);
  const result = run({ A: flat(80), B: flat(160) }, {
    account: { maxTradesPerDay: 1 },
    portfolio: { rebalance: { threshold: 0.05 } },
  });
  assert.deepEqual(lines(result).slice(2), [
    // 4,000 and 8,000 of 12,000. Both have had their trade of the day,
    "3 B sell 12.5 at 160 rebalance",
    // which ends with the fourth hour.
    "4 A buy 25 at 80 entry",
  ]);
});

Deno.test("rebalancing leaves alone what an order waits to turn round", () => {
  const candles = {
    A: hours([[100, L], [100, 0], [80, S], [80, 0], [80, 0]]),
    B: hours([[100, L], [100, 0], [160, 0], [160, 0], [160, 0]]),
  };
  const result = run(candles, {
    account: { fee: 0.01, size: 0.5 },
    portfolio: { rebalance: { threshold: 0.05 } },
  });
  const ofA = result.fills.rows.filter(({ instrument }) => instrument === "A");
  // The short leaves room for its fee; its aim as a long, which does not, is forgotten.
  assert.deepEqual(ofA.map(({ side, reason }) => `${side} ${reason}`), [
    "buy entry",
    "sell reversal",
    "sell entry",
  ]);
  assert.equal(result.fills.rows.filter(({ reason }) => reason === "rebalance").length, 1);
});

Deno.test("what is added to a position of a portfolio stays within its share", () => {
  const candles = {
    A: hours([[100, L], [100, L], [100, 0], [100, 0]]),
    B: hours([[100, 0], [100, 0], [100, 0], [100, 0]]),
  };
  const result = run(candles, { account: { size: 0.8 } }, { maxEntries: 2 });
  // 4,000 of a share of 5,000, and then 1,000.
  assert.deepEqual(lines(result), ["1 A buy 40 at 100 entry", "2 A buy 10 at 100 entry"]);
});

Deno.test("a position is off its share when it is more than the threshold away, not when it is just there", () => {
  const after = (last: number) =>
    run({
      A: hours([[100, L], [100, 0], [last, 0], [last, 0]]),
      B: hours([[100, L], [100, 0], [100, 0], [100, 0]]),
    }, { portfolio: { rebalance: { threshold: 0.125 } } }).fills.length;
  // 3,000 of 8,000 is 1,000 below its half, and an eighth of 8,000 is 1,000.
  assert.equal(after(60), 2);
  assert.equal(after(59.99), 4);
});

Deno.test("a drawdown limit holds from the very fraction on", () => {
  const after = (last: number) =>
    run({
      A: hours([[100, L], [100, 0], [last, 0], [last, 0]]),
      B: hours([[100, L], [100, 0], [100, 0], [100, 0]]),
    }, { account: { maxDrawdown: 0.25 } }).trades.rows.map(({ reason }) => reason);
  // 2,500 and 5,000 are three quarters of 10,000.
  assert.deepEqual(after(50), ["maxDrawdown", "maxDrawdown"]);
  assert.deepEqual(after(50.01), []);
});
