import assert from "node:assert/strict";
import { Candles } from "../../engine/market/candles.ts";
import { InputError } from "../../engine/market/errors.ts";
import { candlesToFrame } from "../../engine/market/frame.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { backtestSignals } from "../../engine/research/backtest_signals.ts";
import { evaluate } from "../../engine/research/evaluate.ts";
import { atr } from "../../engine/series/mod.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import type { CandleSource } from "../../engine/research/candle_source.ts";
import emaCross from "../../strategies/ema_cross.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { waves } from "./waves.ts";
import { hours, still } from "../account/hours.ts";

const candles = waves(300), { length } = candles;

const rows = (...fire: number[]) => Array.from({ length }, (_, i) => fire.includes(i));

Deno.test("masks of a strategy's own decisions give the strategy's own result", () => {
  for (const [strategy, shorts] of [[smaCross, false], [emaCross, true]] as const) {
    const expected = backtest(strategy, candles, { params: { fast: 3, slow: 9 } });
    const mask = (...actions: string[]) =>
      Array.from(
        candles.time,
        (time) => expected.signals.rows.some((s) => s.time === time && actions.includes(s.action)),
      );
    const result = backtestSignals(candles, {
      entries: mask("enterLong", "reverseToLong"),
      exits: mask("exitLong"),
      ...(shorts ? { shortEntries: mask("enterShort", "reverseToShort"), shortExits: rows() } : {}),
    });
    assert(expected.trades.length > 5);
    assert.deepEqual(result.trades.rows, expected.trades.rows);
    assert.deepEqual(result.equity.columns, expected.equity.columns);
    assert.deepEqual(result.open, expected.open);
    assert.deepEqual(result.account, expected.account);
    assert.deepEqual(result.summary(), expected.summary());
  }
});

Deno.test("true and 1 fire; false, 0, NaN, null and undefined do not", () => {
  const entries = [true, 0, 1, NaN, null, undefined, false, ...rows().slice(7)];
  const exits = Float64Array.from(rows(1, 4), Number);
  const { signals } = backtestSignals(candles, { entries: entries as boolean[], exits });
  const found = signals.rows.map(({ time, action }) => [candles.time.indexOf(time), action]);
  assert.deepEqual(found, [[0, "enterLong"], [1, "exitLong"], [2, "enterLong"], [4, "exitLong"]]);
});

Deno.test("stops are given beside the account", () => {
  const { trades } = backtestSignals(candles, { entries: rows(0, 60, 120), exits: rows() }, {
    account: { fill: "close", fee: 0 },
    stops: { stopLoss: 0.05, takeProfit: 0.01 },
  });
  assert.deepEqual(trades.rows.map(({ reason }) => reason).includes("takeProfit"), true);
});

Deno.test("an exit of a short closes it on its candle", () => {
  const signals = {
    entries: rows(),
    exits: rows(),
    shortEntries: rows(5, 50),
    shortExits: rows(20),
  };
  const { trades, open } = backtestSignals(candles, signals);
  const [{ side, exitTime, reason }] = trades.rows;
  assert.deepEqual([trades.length, side, reason], [1, "short", "signal"]);
  assert.equal(exitTime, candles.time[20]); // the open of the next candle
  assert.equal(open?.entryTime, candles.time[50]);
});

/** A column of a danfo frame, as far as it is read. */
const column = (values: boolean[], index: unknown[]) => ({ values, index, length: values.length });

Deno.test("a column in another order than the candles is refused", async () => {
  const numbers = [...rows().keys()], exits = rows(9);
  const run = (index: unknown[], source: CandleSource = candles) =>
    backtestSignals(source, { entries: column(rows(3), index), exits }).trades;
  const plain = run(numbers);
  assert.equal(plain.length, 1);
  assert.deepEqual(run(numbers.map((i) => i + 700)), plain); // of the tail of a frame
  const message = /^entries may not be in the order of the candles: its index is 299, 298, 297, …/;
  const refused = { name: "InputError", message };
  assert.throws(() => run(numbers.toReversed()), refused);
  assert.throws(() => run(numbers.map((i) => `${i}`)), { message: /in the order of the candles/ });
  // Labels that their frame has too, in the same order.
  const frame = await candlesToFrame(candles), dates = candles.time;
  const byDate = frame.setIndex({ index: [...dates] });
  assert.deepEqual(run([...dates], byDate), plain);
  assert.throws(() => run(numbers.toReversed(), byDate), refused);
});

Deno.test("what cannot be is refused", () => {
  const good = { entries: rows(1), exits: rows(2) };
  const refused = (test: () => void, message: RegExp) =>
    assert.throws(test, (error) => error instanceof InputError && message.test(error.message));
  const short = { ...good, entries: [true] };
  refused(() => backtestSignals(candles, short), /entries has 1 values, but there are 300 candles/);
  const text = { ...good, exits: rows().map(() => "no") as unknown as boolean[] };
  refused(
    () => backtestSignals(candles, text),
    /exits\[0\] is the text "no", but must be true or false/,
  );
  const none = { ...good, exits: {} as unknown as boolean[] };
  refused(() => backtestSignals(candles, none), /exits is no list of values/);
  const shorts = { ...good, shortEntries: rows(3) };
  const blank = { ...good, exits: rows().map(() => "") as unknown as boolean[] };
  refused(() => backtestSignals(candles, blank), /exits\[0\] is the text "", but must be/);
  const nothing = { ...good, shortEntries: [] };
  refused(() => backtestSignals(candles, nothing), /shortEntries has 0 values, but there are 300/);
  const exitsAlone = { ...good, shortExits: rows(3) };
  refused(() => backtestSignals(candles, exitsAlone), /shortExits are given, but no shortEntries/);
  const spot = { account: { shorts: false } };
  refused(() => backtestSignals(candles, shorts, spot), /shortEntries are given, but/);
  refused(() => backtestSignals(candles, good, { stops: { stopLoss: 5 } }), /stopLoss is 5/);
  refused(() => backtestSignals(candles, good, { account: { size: 2 } }), /account\.size is 2/);
  const empty = Candles.fromRows("1h", []);
  refused(() => backtestSignals(empty, { entries: [], exits: [] }), /no candles at all/);
});

Deno.test("stops and volatility by hand are a strategy's own, as fractions and as distances", () => {
  const made = strategy("made", {}, {
    build: (_, { close, open }) => ({
      enterLong: close.above(open),
      exitLong: close.below(open.minus(1)),
      volatility: atr(5).over(close),
      stopLoss: atr(5).times(2),
      trailingStop: atr(5).times(3),
      takeProfit: 0.02,
      timeStop: 7,
    }),
  });
  const account = { sizing: "volatility", size: 0.001 } as const;
  const expected = backtest(made, candles, { account });
  const { close, open } = candles, range = evaluate(atr(5), candles);
  const result = backtestSignals(candles, {
    entries: Array.from(close, (price, i) => price > open[i]),
    exits: Array.from(close, (price, i) => price < open[i] - 1),
    volatility: Array.from(range, (value, i) => value / close[i]),
  }, {
    account,
    stops: {
      stopLoss: range.map((value) => 2 * value),
      trailingStop: range.map((value) => 3 * value),
      takeProfit: 0.02,
      timeStop: 7,
    },
  });
  assert(expected.trades.length > 5 && expected.refusals.length > 0);
  assert.deepEqual(result.trades.rows, expected.trades.rows);
  assert.deepEqual(result.fills.rows, expected.fills.rows);
  assert.deepEqual(result.refusals.rows, expected.refusals.rows);
  assert.deepEqual(result.equity.columns, expected.equity.columns);
});

Deno.test("exits may be left out where a stop closes positions; names of strategies are told apart", () => {
  const entries = rows(0, 60), stops = { timeStop: 5 };
  assert.deepEqual(
    backtestSignals(candles, { entries }, { stops }).trades.rows,
    backtestSignals(candles, { entries, exits: rows() }, { stops }).trades.rows,
  );
  assert.throws(() => backtestSignals(candles, { entries }), /^InputError: exits are missing, and/);
  const otherwise = { enterLong: entries, exitLong: rows() } as unknown as { entries: boolean[] };
  assert.throws(
    () => backtestSignals(candles, otherwise),
    /has no option "enterLong", as strategies call it: its name here is entries$/,
  );
});

Deno.test("stops by hand that cannot be are refused", () => {
  const entries = rows(0),
    exits = rows(),
    refuses = (stops: object, message: RegExp) =>
      assert.throws(() => backtestSignals(candles, { entries, exits }, { stops }), message);
  refuses({ timeStop: [1, 2] }, /timeStop is a series, but must be a whole number of candles/);
  refuses({ stopLoss: [1, 2] }, /stopLoss has 2 values, but there are 300 candles/);
  refuses({ stopLoss: new Array(length).fill("1") }, /stopLoss\[0\] is .*, but must be a number/);
  refuses({ stopLoss: 1.5 }, /stopLoss is 1.5, but must be a fraction/);
  refuses({ stopLos: 0.1 }, /did you mean "stopLoss"/);
  refuses({ reducePart: 0.3 }, /reducePart is given, but no signal \(reduceLong/);
  refuses({ takeProfit: 0.1, breakEven: 0.1 }, /breakEven is 0.1, but must be below takeProfit/);
  const idle = (account: object, message: RegExp) =>
    assert.throws(() => backtestSignals(candles, { entries, exits }, { account }), message);
  idle({ fundingHours: 4 }, /account\.fundingHours is given, but no account\.fundingRate/);
  backtestSignals(candles, { entries, exits }, {
    account: { cooldown: 3, fundingHours: 4, fundingRate: 0 },
    stops: { breakEven: 0.1, takeProfit: 0.2 },
  });
  assert.throws(
    () => backtestSignals(candles, { entries, exits }, { account: { sizing: "risk" } }),
    /account.sizing is risk, but there is no stopLoss or trailingStop to go by/,
  );
});

Deno.test("how sure each signal is goes with it, and changes nothing else", () => {
  const entries = [true, false, false], exits = [false, true, false];
  const candles = hours(still(100), still(100), still(100));
  const plain = backtestSignals(candles, { entries, exits });
  const sure = backtestSignals(candles, { entries, exits, confidence: [0.25, 0.75, NaN] });
  assert.deepEqual(plain.signals.rows.map(({ confidence }) => confidence), [1, 1]);
  assert.deepEqual(sure.signals.rows.map(({ confidence }) => confidence), [0.25, 0.75]);
  assert.deepEqual(sure.fills.rows, plain.fills.rows);
});
