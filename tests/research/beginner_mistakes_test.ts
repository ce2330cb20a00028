/**
 * The five commonest mistakes of people who are new to this, each answered by an error that names the
 * fix. They happen in notebooks, where nobody checks types, so they are made here without types.
 */

import assert from "node:assert/strict";
import * as lockstep from "../../engine/mod.ts";
import { Result } from "../../engine/research/result.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { waves } from "./waves.ts";

/** Anything at all: what a notebook takes a value for that it does not check. */
interface Untyped {
  (...values: unknown[]): Untyped;
  [name: string]: Untyped;
}

const { backtest, backtestSignals, candlesFromFrame, close, crossesAbove, macd, number, on } =
  lockstep as unknown as Untyped;
const { evaluate, promote, readCandlesCsv, readTape, rsi, sma, summaryText, Table } =
  lockstep as unknown as Untyped;
const { strategy, volume, whole } = lockstep as unknown as Untyped;

const asNumber = (it: Untyped) => it as unknown as number;

const candles = waves(50);

const summary = Result.prototype.summary as unknown as Untyped;

async function says(make: () => unknown, message: string | RegExp): Promise<void> {
  await assert.rejects(async () => await make(), { name: "InputError", message });
}

/** A danfo frame, as far as it is read. */
function frame(columns: Record<string, unknown[]>) {
  return { columns: Object.keys(columns), column: (name: string) => ({ values: columns[name] }) };
}

type Build = (parameters: Untyped, candle: Untyped) => unknown;

const cross = (build: Build, parameters: unknown = { fast: whole(3), slow: whole(9) }) =>
  strategy("cross", parameters, { build });

const sound = cross(({ fast, slow }, { close }) => ({
  enterLong: crossesAbove(sma(close, fast), sma(close, slow)),
}));

Deno.test("A misspelt column is named, with the one that was meant", async () => {
  await says(
    () => cross((_, { clsoe }) => ({ enterLong: clsoe.above(3) })),
    'No candle column is called "clsoe": did you mean "close"? ' +
      "There are: open, high, low, close, volume",
  );
  await says(
    () => cross(({ fats }, { close }) => ({ enterLong: close.above(sma(close, fats)) })),
    'No parameter of cross is called "fats": did you mean "fast"? There are: fast, slow',
  );
  const columns = { timestamp: [60_000], open: [1], high: [1], low: [1], Close: [1], volume: [1] };
  await says(
    () => backtest(sound, frame(columns)),
    "The data frame has no column close (it has timestamp, open, high, low, Close, volume): " +
      'is "Close" meant by it?',
  );
  await inTempFolder(async (folder) => {
    const path = `${folder}/a.csv`;
    await Deno.writeTextFile(path, "time,open,high,low,clsoe,volume\n60000,1,1,1,1,1\n");
    await says(
      () => readCandlesCsv(path),
      `Cannot use ${path}: it has no column close (its first line has time, open, high, low, ` +
        'clsoe, volume): is "clsoe" meant by it?',
    );
  });
});

Deno.test("A misspelt part, option or setting is named, with the one that was meant", async () => {
  await says(
    () => cross((_, { close }) => ({ enterlong: close.above(3) })),
    /^cross gives an unknown "enterlong": did you mean "enterLong"\?/,
  );
  await says(
    () => backtest(sound, candles, { parms: { fast: 5 } }),
    /^backtest has no option "parms": did you mean "params"\?/,
  );
  await says(
    () => backtest(sound, candles, { params: { fats: 5 } }),
    /^params\.fats: no such parameter: did you mean "fast"\?/,
  );
  await says(
    () => backtest(sound, candles, { account: { fees: 0.001 } }),
    /^account has no option "fees": did you mean "fee"\?/,
  );
  await says(
    () => backtest(sound, candles, { account: 5_000 }),
    /^account takes its options by name/,
  );
  await says(() => backtest(sound, candles, { params: 5 }), /^params are given by name/);
  await says(
    () => summary.call(backtest(sound, candles), { riskfree: 0.04 }),
    'summary has no option "riskfree": did you mean "riskFree"? ' +
      "There are period, periodsPerYear, ddof, riskFree, confidence",
  );
  await says(
    () => evaluate(rsi(close), candles, { parms: {} }),
    'evaluate has no option "parms": did you mean "params"? There are params',
  );
  await says(
    () => readTape("a.csv", { symbl: "BTC/USDT" }).next(),
    'readTape has no option "symbl": did you mean "symbol"? There are market, symbol',
  );
  await says(
    () => summaryText(backtest(sound, candles).summary(), { qoute: "USDT" }),
    'summaryText has no option "qoute": did you mean "quote"? There are quote, all',
  );
  await says(
    () => (backtest(sound, candles).equity as Untyped).column("equty"),
    'There is no column "equty": did you mean "equity"? ' +
      "There are time, equity, cash, position, drawdown",
  );
  await says(
    () => backtestSignals(candles, { entires: [], exits: [] }),
    /^backtestSignals has no option "entires": did you mean "entries"\?/,
  );
});

Deno.test("Arguments in the wrong order are answered by the right one", async () => {
  await says(
    () => sma(10, close),
    /^The window of sma is a series \(close\).* as in sma\(close, 14\)/,
  );
  await says(
    () => sma(close, volume),
    /^The window of sma is a series \(volume\), but must be a num/,
  );
  await says(
    () => rsi(14),
    /^rsi reads the number 14, which is the same .* as in rsi\(close, 14\)/,
  );
  await says(() => on(close, "4h"), 'on takes the timeframe first: on("4h", close)');
  await says(
    () => macd(close, 12, 26, 9),
    "macd takes its settings by name, as in { fast: 12, slow: 26, signal: 9 }, not 12",
  );
  await says(
    () => whole(10, 1, 99),
    /^A range is given by name: whole\(10, \{ min: 1, max: 100 \}\)/,
  );
  await says(() => number(10, 1), /^A range is given by name: number\(/);
  await says(() => backtest(candles, sound), /the order is backtest\(strategy, candles\)$/);
  await says(
    () => backtestSignals({ entries: [], exits: [] }, candles),
    /^Candles are needed, but there is an object with entries, exits: the order is backtestSignals/,
  );
  await says(
    () => evaluate(sma(close, 5)),
    "Candles are needed, but there is undefined: the order is evaluate(series, candles), or " +
      "series.on(candles)",
  );
  await says(
    () => evaluate(sound, candles),
    "evaluate needs a series, such as sma(close, 14), but is given a strategy",
  );
  await says(
    () => evaluate("close", candles),
    'evaluate needs a series, such as sma(close, 14), but is given the text "close"',
  );
  await says(
    () => Reflect.construct(Table, [{ a: 1 }]),
    "A Table needs a list of rows, but is given an object with a",
  );
  await says(
    () => promote({ name: "bot" }, backtest(sound, candles)),
    "A result is needed first: promote(result, { name, market })",
  );
});

Deno.test("Candles that are not there yet are answered by how to get them", async () => {
  await says(() => backtest(sound, "candles.csv"), /give await readCandlesCsv\("…"\)$/);
  await says(
    () => backtest(sound, Promise.resolve(candles)),
    /is a promise of them: write await before readCandlesCsv\(…\)$/,
  );
  await says(() => backtest(sound), /^Candles are needed, but there is undefined/);
  await says(() => backtest(sound, null), /^Candles are needed, but there is null/);
  await says(() => backtest(sound, [1, 2]), /^Candles are needed, but there is a list of 2 values/);
});

Deno.test("A parameter of another strategy is refused, and its own are named", async () => {
  let borrowed: unknown;
  cross(({ fast, slow }, { close }) => {
    borrowed = fast;
    return { enterLong: crossesAbove(sma(close, fast), sma(close, slow)) };
  });
  const mixed: Build = ({ window }, { close }) => ({
    enterLong: crossesAbove(sma(close, borrowed), sma(close, window)),
  });
  await says(
    () => strategy("mixed", { window: whole(9) }, { build: mixed }),
    'mixed uses the parameter "fast" of another strategy. Its own are window: take them from ' +
      "what build is given",
  );
  await says(
    () => backtest(sound, candles, { params: { window: 9 } }),
    "params.window: no such parameter. There are fast, slow",
  );
});

Deno.test("A parameter used in an if, or as a number, is answered by what to use instead", async () => {
  const wrong: Build[] = [
    ({ fast, slow }, { close }) => ({
      enterLong: asNumber(fast) > 5 ? close.above(slow) : close.below(slow),
    }),
    ({ fast, slow }, { close }) => ({
      enterLong: close.above(sma(close, asNumber(fast) * 2)),
      slow,
    }),
    ({ fast, slow }, { close }) => ({
      enterLong: close.above(Math.max(asNumber(fast), asNumber(slow))),
    }),
  ];
  for (const build of wrong) {
    await says(
      () => cross(build),
      /^The parameter "fast" has no value yet.* use \.plus.* where\(\) or choose\(\) instead$/,
    );
  }
  const silent: Build[] = [
    ({ fast, slow }, { close }) => ({
      enterLong: asNumber(fast) ? close.above(slow) : close.below(slow),
    }),
    ({ fast, slow }, { close }) => ({
      enterLong: asNumber(fast) === 3 ? close.above(slow) : close.below(slow),
    }),
  ];
  for (const build of silent) {
    await says(
      () => cross(build),
      /^The parameter "fast" of cross changes nothing.* if, \?: or && .* use where\(\) or choose\(\)/,
    );
  }
  await says(
    () =>
      cross(({ fast, slow }, { close }) => ({
        enterLong: close.above(fast) && close.above(slow),
      })),
    /^Nothing in cross reads the condition close > fast\. .* use \.and\(\), \.or\(\), \.not\(\), where\(\) or/,
  );
});

Deno.test("A time that is none is answered by what a time is; a date as text is one", async () => {
  const from = (start: unknown) => backtest(sound, candles, { start }) as unknown as Result;
  const second = Date.UTC(2024, 0, 2), acted = 50 - 24;
  for (const start of ["2024-01-02", "2024-01-02T00:00Z", new Date(second), second]) {
    assert.equal(from(start).candles.length, acted);
  }
  await says(
    () => from(NaN),
    /^start: NaN is no time: give UTC milliseconds, a Date or a text such/,
  );
  await says(() => from("1st of May"), /^start: "1st of May" is no time/);
  await says(() => from(second / 1_000), /^start: 1704153600 looks like seconds/);
  await says(() => from("2031-01-01"), /^Cannot backtest: no candle opens at or after the start/);
});

Deno.test("Times that do not say what they stamp are answered by how to say it", async () => {
  const prices = { open: [1], high: [1], low: [1], close: [1], volume: [1] };
  const how = /: give it one with the candles' close times, UTC; or .* \{ stamp: "open" \}$/;
  await says(() => candlesFromFrame(frame(prices)), how);
  await says(() => candlesFromFrame(frame({ date: [60_000], ...prices })), how);
  const unsaid = frame({ timestamp: [60_000], ...prices });
  await says(
    () => candlesFromFrame(unsaid),
    /timestamp is the open or the close of its candles: say it, .* \{ stamp: "open" \}/,
  );
  await inTempFolder(async (folder) => {
    const file = async (text: string) => {
      await Deno.writeTextFile(`${folder}/a.csv`, text);
      return await readCandlesCsv(`${folder}/a.csv`);
    };
    await says(
      () => file("when,open,high,low,close,volume\n2024-01-01,1,1,1,1,1\n2024-01-02,1,1,1,1,1\n"),
      /no column .*\btime or timestamp\b.*: call its times "time" if the candles close then, "timestamp" or/,
    );
    const justBefore = [1, 2, 3].map((n) => `${n * 60_000 - 1},1,1,1,1,1\n`).join("");
    await says(
      () => file(`time,open,high,low,close,volume\n${justBefore}`),
      /They are close times less a millisecond: use the open times beside them$/,
    );
  });
});
