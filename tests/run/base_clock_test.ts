import assert from "node:assert/strict";
import { Candles } from "../../engine/market/candles.ts";
import { resample } from "../../engine/market/resample.ts";
import { backtest } from "../../engine/research/backtest.ts";
import type { Result } from "../../engine/research/result.ts";
import { on } from "../../engine/series/operators/candles/on.ts";
import { strategy } from "../../engine/strategy/strategy.ts";

/** Buys whenever an hour rose; two per cent to lose, two to gain. */
const riser = strategy("riser", {}, {
  build: (_, { open, close, volume }) => ({
    enterLong: close.above(open),
    stopLoss: 0.02,
    takeProfit: 0.02,
    series: { close, volume },
  }),
});

const QUARTER = 900_000, MIDNIGHT = Date.UTC(2024, 0, 1);

/** Quarters of an hour from midnight on: open, high, low, close, and a volume of 1 each. */
const QUARTERS: [open: number, high: number, low: number, close: number][] = [
  // 00:00, up: buys at 01:00
  [99.0, 99.5, 98.9, 99.2],
  [99.2, 99.6, 99.0, 99.4],
  [99.4, 99.9, 99.3, 99.8],
  [99.8, 100.2, 99.7, 100],
  // 01:00, bought at 100: the target, 102, before the stop, 98; up all the same
  [100, 100.9, 99.5, 100.6],
  [100.6, 102.3, 100.4, 101.9],
  [101.9, 102.0, 97.4, 98.0],
  [98.0, 101.2, 97.9, 101],
  // 02:00, bought at 101: the stop, 98.98, before the target, 103.02; up
  [101, 101.4, 100.2, 100.4],
  [100.4, 100.5, 98.5, 99.0],
  [99.0, 103.5, 98.9, 103.2],
  [103.2, 103.3, 101.8, 102],
  // 03:00, bought at 102: stop, 99.96, and target, 104.04, in one quarter; down
  [102, 102.5, 101.0, 101.5],
  [101.5, 101.9, 101.2, 101.6],
  [101.6, 104.5, 99.5, 100.4],
  [100.4, 100.9, 100.1, 100.5],
  // 04:00: nothing was decided
  [100.5, 100.8, 100.2, 100.3],
];

function candlesOf(quarters: typeof QUARTERS): Candles {
  const rows = quarters.map(([open, high, low, close], i) => {
    const time = MIDNIGHT + (i + 1) * QUARTER;
    return { time, open, high, low, close, volume: 1, trades: 1, kind: "traded" as const };
  });
  return Candles.fromRows("15m", rows);
}

const FREE = { account: { fee: 0 } };
const clock = (time: number) => new Date(time).toISOString().slice(11, 16);
const told = ({ trades }: Result) =>
  trades.rows.map((trade) =>
    [clock(trade.entryTime), trade.entryPrice, clock(trade.exitTime), trade.exitPrice, trade.reason]
      .join(" ")
  );

Deno.test("Stop and target in one hour: the quarters say which came first", () => {
  const quarters = candlesOf(QUARTERS), hours = resample(quarters, "1h", { source: "strict" });
  const plain = backtest(riser, hours, FREE);
  assert.deepEqual(told(plain), [
    "01:00 100 02:00 98 stopLoss",
    "02:00 101 03:00 98.98 stopLoss",
    "03:00 102 04:00 99.96 stopLoss",
  ]);
  assert.equal(plain.counts.ambiguous, 3);
  const fine = backtest(riser, quarters, { ...FREE, timeframe: "1h" });
  assert.deepEqual(told(fine), [
    "01:00 100 01:30 102 takeProfit",
    "02:00 101 02:30 98.98 stopLoss",
    "03:00 102 03:45 99.96 stopLoss",
  ]);
  assert.equal(fine.counts.ambiguous, 1);
});

Deno.test("A condition that holds from one hour's close to the next fires once", () => {
  const { signals } = backtest(riser, candlesOf(QUARTERS), { ...FREE, timeframe: "1h" });
  // Flat since 01:30, and the hour that closed at 01:00 rose, but the next decision is at 02:00.
  assert.deepEqual(signals.rows.map(({ time, values }) => [clock(time), values.close]), [
    ["01:00", 100],
    ["02:00", 101],
    ["03:00", 102],
  ]);
  assert.deepEqual(signals.rows.map(({ values }) => values.volume), [4, 4, 4]);
});

Deno.test("An hour that lacks a quarter is no hour: nothing is decided, and stops are looked at", () => {
  // The hour of 01:00 lacks its third quarter.
  const quarters = candlesOf(QUARTERS), kept = quarters.rows().filter((_, i) => i !== 6);
  const result = backtest(riser, Candles.fromRows("15m", kept), { ...FREE, timeframe: "1h" });
  const { signals, trades, candles } = result;
  assert.deepEqual(result.notes(), [
    "1 gap, 1 candle missing, from 2024-01-01 01:30",
    "1 candle of 1h could not be made: 15m ones of it are missing, so nothing was decided at its close",
    "once a candle left the order of events open: the worse was taken",
  ]);
  assert.deepEqual(signals.rows.map(({ time }) => clock(time)), ["01:00", "03:00"]);
  assert.equal(clock(trades.rows[0].exitTime), "01:30");
  assert.equal(candles.length, kept.length);
});

Deno.test("A stop that trails moves with the quarters; a time stop counts hours", () => {
  const trailing = strategy("trailing", {}, {
    build: (_, { open, close }) => ({ enterLong: close.above(open), trailingStop: 0.02 }),
  });
  const quarters = candlesOf(QUARTERS), hours = resample(quarters, "1h", { source: "strict" });
  // 102.3 at 01:30 puts the stop at 100.254, which the next quarter reaches.
  const [first] = backtest(trailing, quarters, { ...FREE, timeframe: "1h" }).trades.rows;
  assert.deepEqual([clock(first.exitTime), first.exitPrice], ["01:45", 100.254]);
  // By the hour it is at 98 until 02:00.
  const [hourly] = backtest(trailing, hours, FREE).trades.rows;
  assert.deepEqual([clock(hourly.exitTime), hourly.exitPrice], ["02:00", 98]);

  const patient = strategy("patient", {}, {
    build: (_, { open, close }) => ({ enterLong: close.above(open), timeStop: 2 }),
  });
  for (
    const result of [
      backtest(patient, hours, FREE),
      backtest(patient, quarters, { ...FREE, timeframe: "1h" }),
    ]
  ) {
    assert.deepEqual(told(result).slice(0, 1), ["01:00 100 03:00 102 timeStop"]);
  }
});

Deno.test("A time stop that waits for another exit is due at the next hour, and not a quarter on", () => {
  const parting = strategy("parting", {}, {
    build: (_, { open, close }) => ({
      enterLong: close.above(open),
      reduceLong: close.above(100.5).and(close.below(101.5)),
      timeStop: 1,
    }),
  });
  // At 02:00 (a close of 101) half of it is sold; so it has been held for long enough at 03:00.
  const { fills } = backtest(parting, candlesOf(QUARTERS), { ...FREE, timeframe: "1h" });
  assert.deepEqual(
    fills.rows.slice(0, 3).map(({ time, price, reason }) => [clock(time), price, reason]),
    [["01:00", 100, "entry"], ["02:00", 101, "reduction"], ["03:00", 102, "timeStop"]],
  );
});

Deno.test("on() of a longer clock sees what it sees of hours", () => {
  const two = strategy("two", {}, {
    build: (_, { open, close }) => ({
      enterLong: close.above(open),
      exitLong: close.below(open),
      series: { two: on("2h", close) },
    }),
  });
  const quarters = candlesOf(QUARTERS), hours = resample(quarters, "1h", { source: "strict" });
  const fine = backtest(two, quarters, { ...FREE, timeframe: "1h" });
  assert.deepEqual(fine.signals.rows, backtest(two, hours, FREE).signals.rows);
  assert.deepEqual(fine.signals.rows.map(({ values }) => values.two), [NaN, 100.5]);
});

Deno.test("Candles that cannot make the strategy's are refused", () => {
  const quarters = candlesOf(QUARTERS),
    run = (timeframe: string) => () => backtest(riser, quarters, { timeframe: timeframe as "1h" });
  assert.throws(run("5m"), { message: /^Cannot run 5m candles on 15m ones/ });
  assert.throws(run("7m"), { message: /^Unknown timeframe "7m": did you mean "5m"/ });
});
