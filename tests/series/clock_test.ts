import assert from "node:assert/strict";
import { allocateColumns, Candles } from "../../engine/market/candles.ts";
import { close, type Expression, volume } from "../../engine/series/expression.ts";
import { dayOfWeek } from "../../engine/series/operators/clock/day_of_week.ts";
import { oncePerSession } from "../../engine/series/operators/clock/once_per_session.ts";
import { session } from "../../engine/series/operators/clock/session.ts";
import { sessionTotal } from "../../engine/series/operators/clock/session_total.ts";
import { timeOfDay } from "../../engine/series/operators/clock/time_of_day.ts";
import { rollingVwap, vwap } from "../../engine/series/operators/volumes/vwap.ts";
import { evaluate } from "./evaluate.ts";

const HOUR = 3_600_000;

/** Hourly candles that close from `first` on; each holds its number as volume and is at a price of its own. */
function hourly(first: string, rows: number): Candles {
  const columns = allocateColumns(rows);
  for (let i = 0; i < rows; i++) {
    columns.time[i] = Date.parse(first) + i * HOUR;
    columns.open[i] = columns.close[i] = columns.low[i] = 100 + i % 7;
    columns.high[i] = columns.low[i] + 3;
    columns.volume[i] = i % 5;
  }
  return new Candles("1h", columns, 2);
}

/** 60 hours from a Friday evening on. */
const CANDLES = hourly("2024-03-01T18:00:00Z", 60);
const dates = Array.from(CANDLES.time, (time) => new Date(time));
const values = (expression: Expression) => [...evaluate(expression, CANDLES)];

Deno.test("timeOfDay and dayOfWeek are the clock's when the candle closes", () => {
  assert.deepEqual(values(timeOfDay()), dates.map((date) => date.getUTCHours()));
  assert.deepEqual(values(dayOfWeek()), dates.map((date) => date.getUTCDay() || 7));
  assert.deepEqual([dates[0].getUTCDay(), values(dayOfWeek())[0]], [5, 5]);
});

Deno.test("a session holds the candles that lie within it, over midnight too", () => {
  const opensAt = dates.map((date) => (date.getUTCHours() + 23) % 24);
  assert.deepEqual(values(session(13, 20)), opensAt.map((hour) => hour >= 13 && hour < 20 ? 1 : 0));
  assert.deepEqual(values(session(22, 2)), opensAt.map((hour) => hour >= 22 || hour < 2 ? 1 : 0));
  assert.deepEqual(values(session(0, 24)), opensAt.map(() => 1));
  // The candle from 13:00 to 14:00 is not within a session that ends at half past one.
  assert.deepEqual(values(session(12, 13.5)), opensAt.map((hour) => hour === 12 ? 1 : 0));
});

/** Rows of the sessions that begin each day at `begins`, by the time at which their candles open. */
const sessions = (begins: number) =>
  Array.from(CANDLES.time, (time) => Math.floor((time - HOUR - begins * HOUR) / (24 * HOUR)));

for (const begins of [0, 9]) {
  Deno.test(`sums and averages of sessions that begin at ${begins}:00 start anew`, () => {
    const days = sessions(begins);
    const ofDay = (i: number, x: (row: number) => number) =>
      days.reduce((sum, day, row) => day === days[i] && row <= i ? sum + x(row) : sum, 0);
    const amount = (row: number) => CANDLES.volume[row];
    const typical = (row: number) =>
      (CANDLES.high[row] + CANDLES.low[row] + CANDLES.close[row]) / 3;
    assert.deepEqual(values(sessionTotal(volume, begins)), days.map((_, i) => ofDay(i, amount)));
    values(vwap(begins)).forEach((found, i) => {
      const wanted = ofDay(i, (row) => typical(row) * amount(row)) / ofDay(i, amount);
      assert(Number.isNaN(wanted) ? Number.isNaN(found) : Math.abs(found / wanted - 1) < 1e-14);
    });
    const isHigh = close.above(103), once = values(oncePerSession(isHigh, begins));
    const highs = values(isHigh);
    assert.deepEqual(
      once,
      highs.map((high, i) =>
        high && !highs.some((h, j) => h && j < i && days[j] === days[i]) ? 1 : 0
      ),
    );
  });
}

Deno.test("rollingVwap weighs the typical prices of its window by volume", () => {
  values(rollingVwap(3)).forEach((found, i) => {
    if (i < 2) return assert(Number.isNaN(found));
    const rows = [i - 2, i - 1, i],
      amount = rows.reduce((sum, row) => sum + CANDLES.volume[row], 0);
    const money = rows.reduce((sum, row) => sum + (CANDLES.low[row] + 1) * CANDLES.volume[row], 0);
    assert(Math.abs(found / (money / amount) - 1) < 1e-14);
  });
});
