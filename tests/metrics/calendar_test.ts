import assert from "node:assert/strict";
import fc from "fast-check";
import { compounded } from "../../engine/metrics/compounded.ts";
import { monthlyReturns } from "../../engine/metrics/monthly_returns.ts";
import { periodEnds } from "../../engine/metrics/period_ends.ts";
import { totalReturn } from "../../engine/metrics/total_return.ts";
import { yearlyReturns } from "../../engine/metrics/yearly_returns.ts";
import { assertProperty } from "../support/property.ts";
import { DAY, HOUR, madePerformance, START } from "./made_performance.ts";

/** 2023-11-30 to 2024-02-29: a day of November, and all of the three months behind it. */
const START_OF_LAST = Date.UTC(2023, 10, 30);
const equity = [
  11_000,
  ...Array(30).fill(1),
  16_500,
  ...Array(30).fill(1),
  8_250,
  ...Array(28).fill(1),
  9_900,
];

Deno.test("months and years by hand, across a new year and a leap day", () => {
  const made = madePerformance({ equity, timeframe: "1d", start: START_OF_LAST });
  const months = monthlyReturns(made), rounded = (value: number) => Number(value.toFixed(12));
  assert.deepEqual(months.map((month) => ({ ...month, return: rounded(month.return) })), [
    { year: 2023, month: 10, return: 0.1 },
    { year: 2023, month: 11, return: 0.5 },
    { year: 2024, month: 0, return: -0.5 },
    { year: 2024, month: 1, return: 0.2 },
  ]);
  const years = yearlyReturns(months).map((year) => ({ ...year, return: rounded(year.return) }));
  assert.deepEqual(years, [{ year: 2023, return: 0.65 }, { year: 2024, return: -0.4 }]);
});

Deno.test("a month without rows returned 0, and the one in which all was lost is the last", () => {
  const times = [START + DAY, START + 100 * DAY, START + 101 * DAY, START + 150 * DAY];
  const made = madePerformance({ equity: [20_000, 30_000, 0, 0], timeframe: "1d", times });
  assert.deepEqual(monthlyReturns(made).map((month) => month.return), [1, 0, 0, -1]);
  assert.deepEqual(monthlyReturns(madePerformance({ equity: [] })), []);
  assert.deepEqual(yearlyReturns([]), []);
  assert.equal(compounded([]), 0);
});

Deno.test("years compound their months, and all of them the total return", () => {
  const curves = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 40 });
  assertProperty(fc.property(curves, (values) => {
    const made = madePerformance({ equity: values, timeframe: "1w" });
    const years = yearlyReturns(monthlyReturns(made)).map((year) => year.return);
    assert(Math.abs(compounded(years) - totalReturn(made)) < 1e-9);
  }));
});

Deno.test("periods end on the calendar, from the first open to the last close", () => {
  const times = [START + 23 * HOUR, START + 49 * HOUR];
  const { rows } = madePerformance({ equity: [1, 1], times });
  const days = [START + DAY, START + 2 * DAY, START + 3 * DAY];
  assert.deepEqual([...periodEnds(rows, "1d")], days);
  assert.deepEqual([...periodEnds(rows, "1M")], [Date.UTC(2024, 1)]);
  assert.deepEqual([...periodEnds(madePerformance({ equity: [] }).rows, "1d")], []);
});
