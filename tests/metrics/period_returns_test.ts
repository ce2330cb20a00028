import assert from "node:assert/strict";
import fc from "fast-check";
import type { Timeframe } from "../../engine/market/timeframe.ts";
import { periodEquity } from "../../engine/metrics/period_equity.ts";
import { periodReturns } from "../../engine/metrics/period_returns.ts";
import { totalReturn } from "../../engine/metrics/total_return.ts";
import { assertProperty } from "../support/property.ts";
import { DAY, HOUR, madePerformance, START } from "./made_performance.ts";

type Made = Parameters<typeof madePerformance>[0];

function daily(made: Made, period: Timeframe = "1d"): number[] {
  const performance = madePerformance(made);
  return Array.from(
    periodReturns(performance.initialBalance, periodEquity(performance, period)),
  );
}

Deno.test("a candle that closes at 00:00 belongs to the day that ends there", () => {
  const equity = [...Array(23).fill(9_000), 12_000, ...Array(23).fill(1), 18_000];
  assert.deepEqual(daily({ equity }), [0.2, 0.5]);
});

Deno.test("the first and the last day count in full where rows cover a part of them", () => {
  const times = [START + 23 * HOUR, START + 24 * HOUR, START + 25 * HOUR];
  const equity = [10_000, 15_000, 30_000];
  assert.deepEqual(daily({ equity, times }), [0.5, 1]);
});

Deno.test("a row that opens at 23:00 and closes at 00:00 makes one day, not two", () => {
  assert.deepEqual(daily({ equity: [15_000], times: [START + DAY] }), [0.5]);
});

Deno.test("days without rows return 0, and the move over a gap falls on the day it ends", () => {
  const times = [START + DAY, START + 4 * DAY + HOUR];
  assert.deepEqual(daily({ equity: [20_000, 30_000], times }), [1, 0, 0, 0, 0.5]);
});

Deno.test("days inside a candle that is longer than a day return 0", () => {
  assert.deepEqual(daily({ equity: [15_000], timeframe: "1w" }), [0, 0, 0, 0, 0, 0, 0.5]);
});

Deno.test("the day on which equity is lost is the last", () => {
  const equity = [20_000, 0, 0, 0];
  assert.deepEqual(daily({ equity, timeframe: "1d" }), [1, -1]);
});

Deno.test("no rows have no returns", () => {
  assert.deepEqual(daily({ equity: [] }), []);
});

Deno.test("months are calendar months", () => {
  const equity = Array.from({ length: 31 + 29 + 31 }, (_, i) => i < 31 ? 20_000 : 10_000);
  assert.deepEqual(daily({ equity, timeframe: "1d" }, "1M"), [1, -0.5, 0]);
});

/** Hourly rows from any hour on, with gaps of up to three days. */
const rows = fc.record({
  first: fc.integer({ min: 1, max: 24 }),
  steps: fc.array(
    fc.record({
      hours: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 72 })),
      equity: fc.double({ min: 1, max: 1e6, noNaN: true }),
    }),
    { minLength: 1, maxLength: 120 },
  ),
}).map(({ first, steps }) => {
  let time = START + (first - 1) * HOUR;
  const times = steps.map(({ hours }, i) => time += (i === 0 ? 1 : hours) * HOUR);
  return { times, equity: steps.map((step) => step.equity) };
});

Deno.test("daily returns are those of a calendar filled in day by day", () => {
  assertProperty(fc.property(rows, ({ times, equity }) => {
    const day = (time: number) => new Date(time).toISOString().slice(0, 10);
    const closing = new Map(times.map((time, i) => [day(time - 1), equity[i]]));
    const expected: number[] = [], last = day(times[times.length - 1] - 1);
    let before = 10_000;
    for (let time = times[0] - HOUR;; time += DAY) {
      const after = closing.get(day(time)) ?? before;
      expected.push((after - before) / before);
      before = after;
      if (day(time) === last) break;
    }
    assert.deepEqual(daily({ times, equity }), expected);
  }));
});

Deno.test("daily returns compound to the total return", () => {
  assertProperty(fc.property(rows, (made) => {
    const growth = daily(made).reduce((product, r) => product * (1 + r), 1);
    const expected = 1 + totalReturn(madePerformance(made));
    assert(Math.abs(growth / expected - 1) < 1e-9, `${growth} is not ${expected}`);
  }));
});
