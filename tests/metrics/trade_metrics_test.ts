import assert from "node:assert/strict";
import { bestTrade } from "../../engine/metrics/best_trade.ts";
import { expectancy } from "../../engine/metrics/expectancy.ts";
import { payoff } from "../../engine/metrics/payoff.ts";
import { profitFactor } from "../../engine/metrics/profit_factor.ts";
import { sqn } from "../../engine/metrics/sqn.ts";
import { winRate } from "../../engine/metrics/win_rate.ts";
import { worstTrade } from "../../engine/metrics/worst_trade.ts";
import { agree, madeTrade } from "./made_performance.ts";

const made = (...profits: number[]) => profits.map(madeTrade);
const MIXED = made(30, -10, 0, 10, -6); // mean 4.8, Σ(x − mean)² = 1020.8

Deno.test("metrics of five trades, by hand", () => {
  assert.equal(winRate(MIXED), 0.4); // a trade that made nothing is not won
  assert.equal(profitFactor(MIXED), 2.5);
  assert.equal(expectancy(MIXED), 4.8);
  assert.equal(payoff(MIXED), 2.5);
  assert.equal(bestTrade(MIXED), 0.3);
  assert.equal(worstTrade(MIXED), -0.1);
  assert(agree(sqn(MIXED, 1), Math.sqrt(5) * 4.8 / Math.sqrt(1020.8 / 4)));
  assert(agree(sqn(MIXED, 0), Math.sqrt(5) * 4.8 / Math.sqrt(1020.8 / 5)));
});

Deno.test("payoff compares means, profit factor sums", () => {
  const trades = made(10, 10, 10, -5);
  assert.equal(profitFactor(trades), 6);
  assert.equal(payoff(trades), 2);
});

Deno.test("metrics of no trades are unknown", () => {
  for (const metric of [winRate, profitFactor, expectancy, payoff, bestTrade, worstTrade]) {
    assert.equal(metric([]), NaN);
  }
  assert.equal(sqn([], 1), NaN);
});

Deno.test("without a losing trade profit factor and payoff are unknown", () => {
  assert.equal(profitFactor(made(1, 2, 0)), NaN);
  assert.equal(payoff(made(1, 2, 0)), NaN);
  assert.equal(winRate(made(1, 2)), 1);
});

Deno.test("without a winning trade the profit factor is 0 and the payoff unknown", () => {
  assert.equal(profitFactor(made(-1, -2)), 0);
  assert.equal(payoff(made(-1, -2)), NaN);
  assert.equal(winRate(made(-1, -2)), 0);
});

Deno.test("the system quality number of one trade, or of equal ones, is unknown", () => {
  assert.equal(sqn(made(5), 1), NaN);
  assert.equal(sqn(made(0.1, 0.1, 0.1), 1), NaN); // whose mean is not 0.1
});
