import assert from "node:assert/strict";
import fc from "fast-check";
import { InputError } from "../../engine/market/errors.ts";
import {
  closeTime,
  intervalEnd,
  intervalStart,
  isBoundary,
  nests,
  openTime,
  parseTimeframe,
  type Timeframe,
  TIMEFRAMES,
} from "../../engine/market/timeframe.ts";
import { assertProperty } from "../support/property.ts";

const anyTimeframe = fc.constantFrom(...TIMEFRAMES);
const anyTime = fc.integer({ min: 0, max: Date.UTC(2100, 0) });

/** The start of the interval that holds `time`, read off the calendar. */
function calendarStart(time: number, timeframe: Timeframe): number {
  const at = new Date(time), count = parseInt(timeframe);
  const midnight = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
  const [hour, minute] = [at.getUTCHours(), at.getUTCMinutes()];
  switch (timeframe.slice(-1)) {
    case "s":
      return at.setUTCMilliseconds(0);
    case "m":
      return midnight + (hour * 60 + minute - minute % count) * 60_000;
    case "h":
      return midnight + (hour - hour % count) * 3_600_000;
    case "w":
      return at.setUTCDate(at.getUTCDate() - (at.getUTCDay() + 6) % 7) &&
        at.setUTCHours(0, 0, 0, 0);
    case "M":
      return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1);
    default: {
      let day = 0;
      while (day + count * 86_400_000 <= time) day += count * 86_400_000;
      return day;
    }
  }
}

Deno.test("intervals start where the calendar says", () => {
  assertProperty(fc.property(anyTime, anyTimeframe, (time, timeframe) => {
    assert.equal(intervalStart(time, timeframe), calendarStart(time, timeframe));
  }));
});

Deno.test("intervals follow each other without a break", () => {
  assertProperty(fc.property(anyTime, anyTimeframe, (time, timeframe) => {
    const start = intervalStart(time, timeframe), end = intervalEnd(start, timeframe);
    assert.ok(start <= time && time < end);
    assert.equal(calendarStart(end - 1, timeframe), start);
    assert.equal(calendarStart(end, timeframe), end);
    assert.equal(openTime(end, timeframe), start);
    assert.ok(isBoundary(start, timeframe));
    assert.equal(isBoundary(time, timeframe), time === start);
  }));
});

Deno.test("a time on a boundary belongs to the next candle, or to the last if closed right", () => {
  assertProperty(fc.property(anyTime, anyTimeframe, (time, timeframe) => {
    const boundary = calendarStart(time, timeframe);
    assert.equal(closeTime(boundary, timeframe), intervalEnd(boundary, timeframe));
    if (boundary > 0) assert.equal(closeTime(boundary, timeframe, "right"), boundary);
    if (time > boundary) {
      assert.equal(closeTime(time, timeframe, "right"), closeTime(time, timeframe));
    }
  }));
});

Deno.test("months have their own lengths and weeks begin on Monday", () => {
  assert.equal(intervalEnd(Date.UTC(2024, 1), "1M"), Date.UTC(2024, 2));
  assert.equal(openTime(Date.UTC(2024, 2), "1M"), Date.UTC(2024, 1));
  assert.equal(intervalEnd(Date.UTC(2023, 11), "1M"), Date.UTC(2024, 0));
  assert.equal(new Date(intervalStart(Date.UTC(2024, 7, 8), "1w")).getUTCDay(), 1);
});

Deno.test("a timeframe nests in another if all its boundaries are the other's", () => {
  for (const fine of TIMEFRAMES) {
    for (const coarse of TIMEFRAMES) {
      let shared = true, boundary = calendarStart(Date.UTC(2023, 10, 15), coarse);
      for (let i = 0; i < 60; i++, boundary = intervalEnd(boundary, coarse)) {
        shared &&= calendarStart(boundary, fine) === boundary;
      }
      assert.equal(nests(fine, coarse), shared, `${fine} in ${coarse}`);
    }
  }
});

Deno.test("1m and 1M are not the same", () => {
  assert.equal(parseTimeframe("1m"), "1m");
  assert.equal(parseTimeframe("1M"), "1M");
  assert.notEqual(intervalEnd(0, "1m"), intervalEnd(0, "1M"));
});

Deno.test("an unknown timeframe is refused with the nearest known one", () => {
  assert.throws(() => parseTimeframe("15min"), (error: Error) => {
    assert.ok(error instanceof InputError);
    assert.match(error.message, /"15min".*"15m".*1s 1m 3m/);
    return true;
  });
});
