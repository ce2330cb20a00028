import assert from "node:assert/strict";
import { givenTime, parseTime } from "../../engine/market/parse_time.ts";

const TIME = Date.UTC(2024, 7, 8, 23, 55);

Deno.test("times are milliseconds or ISO dates, in UTC unless they name a zone", () => {
  const texts = [
    "1723161300000",
    "2024-08-08T23:55:00Z",
    "2024-08-08T23:55",
    "2024-08-08 23:55:00",
    "2024-08-08 23:55:00.000",
    "2024-08-08 23:55:00+00:00",
    "2024-08-08 23:55:00 UTC",
    "2024-08-09T01:55:00+02:00",
    "2024-08-08T18:25:00-0530",
    " 2024-08-08 23:55 ",
  ];
  for (const text of texts) assert.equal(parseTime(text, "x"), TIME, text);
  assert.equal(parseTime("2024-08-08", "x"), Date.UTC(2024, 7, 8));
  assert.equal(parseTime("1960-01-01", "x"), Date.UTC(1960, 0, 1));
  assert.equal(parseTime("60000", "x"), 60_000);
  assert.equal(parseTime("2024-08-08 23:55:00.123456", "x"), TIME + 123);
});

const REFUSED: [string, RegExp][] = [
  ["1723161300", /line 3: 1723161300 looks like seconds/],
  ["1723161300.5", /looks like seconds/],
  ["1723161300000000", /looks like micro- or nanoseconds/],
  ["1723161300000000000", /looks like micro- or nanoseconds/],
  ["1723161300000.5", /is no whole number of milliseconds/],
  ["20240808", /"20240808" is no time/],
  ["", /"" is no time/],
  ["NaN", /"NaN" is no time/],
  ["yesterday", /"yesterday" is no time/],
  ["08/09/2024", /is no time/],
  ["2024-02-30", /is no time/],
  ["2024-13-01", /is no time/],
  ["2024-08-08 25:00", /is no time/],
];

for (const [text, message] of REFUSED) {
  Deno.test(`the time "${text}" is refused`, () => {
    assert.throws(() => parseTime(text, "line 3"), { name: "InputError", message });
  });
}

Deno.test("what somebody types may be no bare year or month, nor count from before 1970 or past 9999", () => {
  for (const text of ["2023", "1999", " 2024 ", "202301", "-1", "-60000", "0000-12-31"]) {
    assert.throws(() => givenTime(text, "--from"), {
      name: "InputError",
      message: `--from: "${text.trim()}" is no time: give UTC milliseconds or a date like ` +
        "2024-08-08 23:55",
    }, text);
  }
  // Thirteen hours further, by its zone, than the last day that PostgreSQL is told.
  assert.throws(
    () => givenTime("9999-12-31 23:00-12:00", "--from"),
    /"9999-12-31 23:00-12:00" is no/,
  );
  assert.equal(givenTime("9999-12-31", "x"), Date.UTC(9999, 11, 31));
  assert.equal(givenTime("0", "x"), 0);
  assert.equal(givenTime("60000", "x"), 60_000);
  assert.equal(givenTime("1960-01-01", "x"), Date.UTC(1960, 0, 1));
  // A file's cells may be any: a series that was made up counts from 0.
  assert.deepEqual(["2023", "202000", "-1"].map((text) => parseTime(text, "x")), [
    2023,
    202000,
    -1,
  ]);
});
