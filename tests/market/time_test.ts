import assert from "node:assert/strict";
import { Candles } from "../../engine/market/candles.ts";
import { type Time, utcTime } from "../../engine/market/time.ts";

const HOUR = 3_600_000, NOON = Date.UTC(2024, 7, 8, 12);

Deno.test("a time is milliseconds, a Date or a text, all of them UTC", () => {
  const same = [
    NOON,
    new Date(NOON),
    "2024-08-08 12:00",
    "2024-08-08T12:00:00Z",
    "2024-08-08T14:00+02:00",
  ];
  for (const time of same) assert.equal(utcTime(time, "from"), NOON, String(time));
  assert.equal(utcTime("2024-08-08", "from"), Date.UTC(2024, 7, 8));
  assert.equal(utcTime(Infinity, "to"), Infinity);
  // Of a Date it is known what it counts; a number of that size would be seconds.
  assert.equal(utcTime(new Date("1972-05-01"), "from"), Date.UTC(1972, 4, 1));
});

const NONSENSE: [unknown, RegExp][] = [
  [
    NaN,
    /^from: NaN is no time: give UTC milliseconds, a Date or a text such as "2024-08-08 23:55"$/,
  ],
  [new Date("nonsense"), /^from: a Date that is none is no time: give/],
  [null, /^from: null is no time/],
  [true, /^from: true is no time/],
  [{}, /^from: an empty object is no time/],
  ["yesterday", /^from: "yesterday" is no time: give UTC milliseconds or a date like/],
  ["2024-02-30", /^from: "2024-02-30" is no time/],
  ["2023", /^from: "2023" is no time: give UTC milliseconds or a date like/],
  [NOON / 1_000, /^from: 1723118400 looks like seconds/],
  [NOON * 1_000, /^from: 1723118400000000 looks like micro- or nanoseconds/],
  [NOON + 0.5, /^from: 1723118400000.5 is no whole number of milliseconds/],
];

Deno.test("what is no time is refused, with what is allowed", () => {
  for (const [time, message] of NONSENSE) {
    assert.throws(() => utcTime(time as Time, "from"), { name: "InputError", message });
  }
});

Deno.test("candles between two times lie wholly within them, however they are given", () => {
  const row = { open: 2, high: 2, low: 2, close: 2, volume: 0, trades: 0, kind: "empty" as const };
  const rows = Array.from({ length: 48 }, (_, i) => ({ ...row, time: NOON + (i + 1) * HOUR }));
  const candles = Candles.fromRows("1h", rows);
  const ends = (from: Time, to?: Time) => {
    const { time } = candles.between(from, to);
    return [time[0], time[time.length - 1], time.length];
  };
  const day = Date.UTC(2024, 7, 9), wanted = [day + HOUR, day + 24 * HOUR, 24];
  assert.deepEqual(ends("2024-08-09", "2024-08-10"), wanted);
  assert.deepEqual(ends(new Date(day), new Date(day + 24 * HOUR)), wanted);
  assert.deepEqual(ends(day, day + 24 * HOUR), wanted);
  assert.deepEqual(ends(day), [day + HOUR, NOON + 48 * HOUR, 36]);
  assert.deepEqual(ends(-Infinity, Infinity), [NOON + HOUR, NOON + 48 * HOUR, 48]);
  assert.throws(() => candles.between(NaN), { name: "InputError", message: /^from: NaN is no/ });
  assert.throws(() => candles.between("2024-08-10", "2024-08-09"), {
    name: "InputError",
    message: "from (2024-08-10T00:00:00Z) is after to (2024-08-09T00:00:00Z)",
  });
});
