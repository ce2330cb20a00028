import assert from "node:assert/strict";
import { bestTrade } from "../../engine/metrics/best_trade.ts";
import { cpcIndex } from "../../engine/metrics/cpc_index.ts";
import { expectancy } from "../../engine/metrics/expectancy.ts";
import { expectancyRatio } from "../../engine/metrics/expectancy_ratio.ts";
import { holdingDays } from "../../engine/metrics/holding_days.ts";
import { kelly } from "../../engine/metrics/kelly.ts";
import { payoff } from "../../engine/metrics/payoff.ts";
import { profitFactor } from "../../engine/metrics/profit_factor.ts";
import { sqn } from "../../engine/metrics/sqn.ts";
import { streaks } from "../../engine/metrics/streaks.ts";
import { winRate } from "../../engine/metrics/win_rate.ts";
import { worstTrade } from "../../engine/metrics/worst_trade.ts";
import { agree, HOUR, madeTrade, START } from "./made_performance.ts";

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

Deno.test("Kelly, CPC index and expectancy ratio of five trades, by hand", () => {
  // Returns 0.3, −0.1, 0, 0.1, −0.06: two of four decided won, 0.2 against 0.08 in the mean.
  assert(agree(kelly(MIXED), 0.5 - 0.5 / 2.5));
  assert(agree(cpcIndex(MIXED), 2.5 * 0.4 * 2.5));
  assert(agree(expectancyRatio(MIXED), 3.5 * 0.4 - 1));
  for (const metric of [kelly, cpcIndex, expectancyRatio]) {
    for (const one of [made(), made(1, 2, 0), made(-1, -2)]) assert.equal(metric(one), NaN);
  }
});

Deno.test("at the Kelly fraction money grows faster than at any other", () => {
  // Three of five double the stake, two lose it: 0.6 − 0.4 / 1.
  const trades = made(100, 100, 100, -100, -100), best = kelly(trades);
  assert(agree(best, 0.2));
  const growth = (stake: number) =>
    trades.reduce((sum, trade) => sum + Math.log1p(stake * trade.return), 0);
  for (const other of [0.1, 0.19, 0.21, 0.3, 0.5]) assert(growth(best) > growth(other));
});

Deno.test("streaks end at a loss, at a win, and at a trade that made nothing", () => {
  assert.deepEqual(streaks(made(1, 1, 0, 1, -1, -1, -1, 2)), { wins: 2, losses: 3 });
  assert.deepEqual(streaks(made(0, 0)), { wins: 0, losses: 0 });
  assert.deepEqual(streaks([]), { wins: NaN, losses: NaN });
});

Deno.test("holding times are told for all, the longest, winners and losers", () => {
  const held = (pnl: number, hours: number) => ({
    ...madeTrade(pnl),
    exitTime: START + hours * HOUR,
  });
  const trades = [held(5, 12), held(-1, 48), held(3, 24), held(0, 12)];
  assert.deepEqual(holdingDays(trades), { mean: 1, longest: 2, winners: 0.75, losers: 2 });
  const none = { mean: NaN, longest: NaN, winners: NaN, losers: NaN };
  assert.deepEqual(holdingDays([]), none);
  assert.deepEqual(holdingDays([held(0, 24)]), { ...none, mean: 1, longest: 1 });
});
