import assert from "node:assert/strict";
import { annualTurnover } from "../../engine/metrics/annual_turnover.ts";
import { buyAndHold } from "../../engine/metrics/buy_and_hold.ts";
import { cagr } from "../../engine/metrics/cagr.ts";
import { elapsedDays } from "../../engine/metrics/elapsed_days.ts";
import { exposure } from "../../engine/metrics/exposure.ts";
import { finalEquity } from "../../engine/metrics/final_equity.ts";
import { totalReturn } from "../../engine/metrics/total_return.ts";
import { agree, DAY, madePerformance, START } from "./made_performance.ts";

Deno.test("a year of 365 days grows by its total return, two years by the root", () => {
  assert.equal(cagr(100, 150, 365), 0.5);
  assert.equal(cagr(100, 225, 730), 0.5);
  assert.equal(cagr(100, 50, 365), -0.5);
  assert.equal(cagr(100, 100, 37.3), 0);
  assert(agree(cagr(100, 101, 36.5), 1.01 ** 10 - 1));
});

Deno.test("growth over less than 30 days, or too fast for a number, is unknown", () => {
  assert.equal(cagr(100, 101, 29.99), NaN);
  assert.equal(cagr(100, 100, 0), NaN);
  assert.equal(cagr(1, 1e80, 30), NaN);
  assert.equal(cagr(100, NaN, 100), NaN);
});

Deno.test("-1 is only for equity that was lost", () => {
  assert.equal(cagr(100, 0, 10), -1);
  assert.equal(cagr(100, -5, 10), -1);
});

Deno.test("the span runs from the first open to the last close, gaps included", () => {
  const times = [START + DAY, START + 10.5 * DAY];
  const { rows } = madePerformance({ equity: [1, 1], timeframe: "12h", times });
  assert.equal(elapsedDays(rows), 10);
  const month = madePerformance({ equity: [1], timeframe: "1M", times: [Date.UTC(2024, 2, 1)] });
  assert.equal(elapsedDays(month.rows), 29);
  assert.equal(elapsedDays(madePerformance({ equity: [] }).rows), 0);
});

Deno.test("holding is bought at the first open and marked at the last close", () => {
  const prices = [100, 120, 150], bought = 75;
  assert.equal(buyAndHold(madePerformance({ equity: [1, 1, 1], prices, bought }).benchmark), 1);
  assert.equal(buyAndHold(madePerformance({ equity: [] }).benchmark), NaN);
});

Deno.test("total return is the change of equity against the initial balance", () => {
  const made = madePerformance({ equity: [9_000, 12_500] });
  assert.equal(finalEquity(made), 12_500);
  assert.equal(totalReturn(made), 0.25);
});

Deno.test("where no row ran the money is there and the return is unknown", () => {
  const made = madePerformance({ equity: [] });
  assert.equal(finalEquity(made), 10_000);
  assert.equal(totalReturn(made), NaN);
});

Deno.test("exposure counts rows with a position on either side", () => {
  assert.equal(exposure(Float64Array.of(0, 1, -2, 0)), 0.5);
  assert.equal(exposure(Float64Array.of(-0, 0)), 0);
  assert.equal(exposure(Float64Array.of()), NaN);
});

Deno.test("turnover a year is in multiples of the mean equity", () => {
  assert.equal(annualTurnover(3_000, Float64Array.of(500, 1_500), 365), 3);
  assert.equal(annualTurnover(3_000, Float64Array.of(500, 1_500), 73), 15);
  assert.equal(annualTurnover(0, Float64Array.of(500), 73), 0);
  assert.equal(annualTurnover(3_000, Float64Array.of(500), 0.5), NaN);
  assert.equal(annualTurnover(3_000, Float64Array.of(), 0), NaN);
});
