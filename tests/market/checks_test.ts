import assert from "node:assert/strict";
import { type Candle, Candles } from "../../engine/market/candles.ts";
import {
  CandleError,
  checkCandles,
  checkTrade,
  inferTimeframe,
} from "../../engine/market/checks.ts";
import { InputError } from "../../engine/market/errors.ts";
import type { Timeframe } from "../../engine/market/timeframe.ts";
import type { Trade } from "../../engine/market/trade.ts";

const HOUR = 3_600_000, START = Date.UTC(2024, 7, 8);

const candle = (hour: number, changes: Partial<Candle> = {}): Candle => ({
  time: START + hour * HOUR,
  open: 10,
  high: 12,
  low: 9,
  close: 11,
  volume: 5,
  trades: 3,
  kind: "traded",
  ...changes,
});

function problems(...rows: Candle[]): CandleError["problems"] {
  try {
    checkCandles(Candles.fromRows("1h", rows), "1h", "a file");
    return [];
  } catch (error) {
    assert.ok(error instanceof CandleError && error instanceof InputError);
    return error.problems;
  }
}

Deno.test("good candles pass, with gaps and without counts", () => {
  assert.deepEqual(problems(candle(1), candle(2), candle(7, { volume: 0, trades: NaN })), []);
});

const BAD: Record<string, [Partial<Candle>, RegExp]> = {
  "a price that is NaN": [{ close: NaN }, /close is NaN/],
  "a price that is infinite": [{ high: Infinity }, /high is Infinity/],
  "a price of zero": [{ low: 0 }, /low is 0/],
  "a negative price": [{ open: -10 }, /open is -10/],
  "a high below the close": [{ high: 10.5 }, /high 10.5/],
  "a high below the low": [{ high: 8, open: 7, close: 7 }, /high 8/],
  "a low above the open": [{ low: 10.5 }, /low 10.5/],
  "a negative volume": [{ volume: -1 }, /volume is -1/],
  "a volume that is NaN": [{ volume: NaN }, /volume is NaN/],
  "a negative count": [{ trades: -1 }, /trades is -1/],
  "an infinite count": [{ trades: Infinity }, /trades is Infinity, but must be a whole number/],
  "a count that is not whole": [{ trades: 2.5 }, /trades is 2.5, but must be a whole number/],
  "volume in a silent market": [{ kind: "empty" }, /kind is empty, but volume is 5/],
  "a time that is NaN": [{ time: NaN }, /time is NaN/],
  "a time off the grid": [{ time: START + 90 * 60_000 }, /01:30:00Z is no boundary of 1h/],
  "a time that is there twice": [{ time: START + HOUR }, /01:00:00Z is there twice/],
  "a time before the row above": [{ time: START }, /00:00:00Z is before the row above/],
};

for (const [what, [changes, reason]] of Object.entries(BAD)) {
  Deno.test(`candles with ${what} are refused, with the row`, () => {
    const [problem, ...more] = problems(candle(1), candle(2, changes));
    assert.equal(more.length, 0);
    assert.equal(problem.row, 2);
    assert.match(problem.reason, reason);
  });
}

Deno.test("the message has each reason once, with its first row and how many more there are", () => {
  const bad = [1, 2, 3].map((hour) => candle(hour, { open: 0 }));
  const rows = [...bad, candle(4), candle(5, { volume: -2 })];
  const columns = Candles.fromRows("1h", rows);
  assert.throws(() => checkCandles(columns, "1h", "x.csv"), {
    message:
      "Cannot use the candles of x.csv: row 1 and 2 more: open is 0, but prices are above 0; " +
      "row 5: volume is -2, but cannot be negative",
  });
});

Deno.test("a trade that is no trade is refused, with its place", () => {
  const trade: Trade = { id: "7", timestamp: START, price: 10, amount: 1, side: "buy" };
  checkTrade(trade, "line 3");
  const bad: [Partial<Trade>, RegExp][] = [
    [{ id: "" }, /^line 3: id is empty/],
    [{ timestamp: NaN }, /timestamp is NaN/],
    [{ timestamp: 1.5 }, /timestamp is 1.5/],
    [{ timestamp: 0 }, /timestamp is 0/],
    [{ price: NaN }, /price is NaN/],
    [{ price: 0 }, /price is 0/],
    [{ price: Infinity }, /price is Infinity/],
    [{ amount: 1e18 }, /amount is 1000000000000000000, not from 1e-12 to 1000000000000000/],
    [{ amount: 1e-18 }, /amount is 1e-18, not from/],
    [{ price: 2e15 }, /price is 2000000000000000, not from/],
    [{ amount: -1 }, /amount is -1/],
    [{ amount: 0 }, /amount is 0/],
    [{ side: "BUY" as "buy" }, /side is "BUY"/],
  ];
  for (const [changes, reason] of bad) {
    assert.throws(() => checkTrade({ ...trade, ...changes }, "line 3"), (error: Error) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, reason);
      return true;
    });
  }
});

const every = (length: number, count: number, start = START) =>
  Array.from({ length: count }, (_, i) => start + i * length);

const INFERRED: [string, number[], Timeframe][] = [
  ["hours", every(HOUR, 30), "1h"],
  ["hours on even hours mostly", [0, 1, 2, 4, 6].map((h) => START + h * HOUR), "1h"],
  ["days without weekends", every(24 * HOUR, 60).filter((t) => new Date(t).getUTCDay() % 6), "1d"],
  ["minutes with gaps", every(60_000, 300).filter((_, i) => i % 7 !== 3), "1m"],
  ["seconds that are mostly silent", [3, 4, 19, 77, 78, 123].map((s) => START + s * 1_000), "1s"],
  ["weeks", every(7 * 24 * HOUR, 9, Date.UTC(2024, 7, 5)), "1w"],
  ["months", [0, 1, 2, 3].map((month) => Date.UTC(2024, month)), "1M"],
];

for (const [what, times, timeframe] of INFERRED) {
  Deno.test(`the timeframe of ${what} is ${timeframe}`, () => {
    assert.equal(inferTimeframe(times, "a file"), timeframe);
  });
}

Deno.test("a few bad times do not hide the timeframe", () => {
  const hours = every(HOUR, 40);
  const with_ = (...changes: [number, number][]) => {
    const changed = [...hours];
    for (const [at, time] of changes) changed[at] = time;
    return inferTimeframe(changed, "a file");
  };
  assert.equal(with_([7, NaN]), "1h");
  assert.equal(with_([7, hours[8]], [8, hours[8]]), "1h");
  assert.equal(with_([7, hours[7] + 1]), "1h");
  assert.equal(with_([0, -9223372036855]), "1h");
  assert.equal(with_([3, hours[30]], [30, hours[3]]), "1h");
});

Deno.test("rows from the newest to the oldest are answered by sorting them", () => {
  const hours = every(HOUR, 9), hint = /from the newest to the oldest: sort them by time/;
  assert.throws(() => inferTimeframe(hours.toReversed(), "a"), { message: hint });
  // Two that changed places are a mistake in those rows, which the checks name.
  const mixed = [START, START - 500];
  assert.throws(
    () => inferTimeframe([...mixed, START + 2], "a"),
    (error: Error) => !hint.test(error.message),
  );
});

Deno.test("times that show no timeframe are refused", () => {
  assert.throws(() => inferTimeframe([], "x.csv"), /There are no candles in x\.csv/);
  const refused = [
    [START],
    [START, START + 500],
    [START + 123, START + HOUR + 123],
    // Days at local midnight with summer time: no two are a known length apart on its grid.
    [...every(24 * HOUR, 5, START - HOUR), ...every(24 * HOUR, 5, START + 5 * 24 * HOUR)],
  ];
  for (const times of refused) {
    assert.throws(() => inferTimeframe(times, "x.csv"), (error: Error) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, /Cannot tell the timeframe of x\.csv/);
      return true;
    });
  }
});
