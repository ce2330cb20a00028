import assert from "node:assert/strict";
import { close, Numeric, open, param, volume } from "../../engine/series/expression.ts";
import { bollinger } from "../../engine/series/operators/volatility/bollinger.ts";
import { choose } from "../../engine/series/operators/conditions/choose.ts";
import { deviation } from "../../engine/series/operators/statistics/deviation.ts";
import { ema } from "../../engine/series/operators/averages/ema.ts";
import { lag } from "../../engine/series/operators/rows/lag.ts";
import { macd } from "../../engine/series/operators/oscillators/macd.ts";
import { on } from "../../engine/series/operators/candles/on.ts";
import { rsi } from "../../engine/series/operators/oscillators/rsi.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { CATALOGUE } from "../../engine/series/catalogue.ts";
import type { Operator } from "../../engine/series/operator.ts";
import * as operators from "../../engine/series/operators/mod.ts";
import { columnsToFrame } from "../../engine/market/frame.ts";
import type { Timeframe } from "../../engine/market/timeframe.ts";
import "../../engine/research/evaluate.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { Plan } from "../../engine/series/plan.ts";
import type { Expression } from "../../engine/series/expression.ts";

const fast = param("fast");

function refused(make: () => unknown, message: string | RegExp): void {
  assert.throws(make, { name: "InputError", message });
}

const plan = (x: Expression, parameters = {}) =>
  new Plan({ x }, { timeframe: "1m", decimals: 2, parameters });

Deno.test("A parameter or series used as a plain number, text or condition says so", () => {
  const loose = fast as unknown as number, message = /^The parameter "fast" has no value yet/;
  refused(() => loose + 1, message);
  refused(() => loose * 2, message);
  refused(() => loose < 5, message);
  refused(() => Math.max(loose, 3), message);
  refused(() => `${fast}`, message);
  // deno-lint-ignore eqeqeq -- what is refused
  refused(() => loose == 5, message);
  refused(() => [1, 2, 3][loose], message);
  refused(() => (close as unknown as number) > 5, /^A series \(candle\) has no value yet/);
  refused(() => (sma(close, 5) as unknown as number) - 1, /^A series \(sma\) has no value yet/);
});

Deno.test("A window is a whole number of 1 or more, and not too long", () => {
  const rule = "but must be a whole number from 1 to 65536";
  refused(() => plan(sma(close, 0)), `sma: window is 0, ${rule}`);
  refused(() => plan(sma(close, 1.5)), `sma: window is 1.5, ${rule}`);
  refused(() => plan(ema(close, -3)), `ema: window is -3, ${rule}`);
  refused(() => plan(deviation(close, NaN)), `deviation: window is NaN, ${rule}`);
  refused(() => plan(rsi(close, Infinity)), `rsi: window is Infinity, ${rule}`);
  refused(() => plan(sma(close, 65_537)), `sma: window is 65537, ${rule}`);
  refused(() => plan(sma(close, fast.over(2)), { fast: 5 }), `sma: window is 2.5, ${rule}`);
  refused(() => plan(macd(close, { fast: 0 }).line), `macd: fast is 0, ${rule}`);
});

Deno.test("A window has one value in a run: a series cannot be one", () => {
  refused(
    () => sma(close, volume),
    "The window of sma is a series (volume), but must be a number or a parameter: " +
      "the series comes first, as in sma(close, 14)",
  );
  refused(
    () => sma(close, volume.plus(fast)),
    /^The window of sma is a series \(add\), but must be a number or a parameter/,
  );
});

Deno.test("An unknown parameter is refused, and those there are are named", () => {
  refused(() => plan(sma(close, fast), { slow: 5 }), 'unknown parameter "fast"; there are: slow');
  refused(() => plan(sma(close, fast)), 'unknown parameter "fast"; there are: none');
  refused(() => plan(sma(close, param("toString"))), /^unknown parameter "toString"/);
});

Deno.test("A text where a number belongs is refused, and a number where a text does", () => {
  const text = '"5" is a text, but a number is needed';
  const needed = 'sma: window is the text "5", but must be a number';
  refused(() => plan(sma(close, fast), { fast: "5" }), needed);
  refused(() => sma(close, "5" as unknown as number), needed);
  refused(() => plan(close.plus(fast), { fast: "5" }), `param: ${text}`);
  refused(() => plan(close.plus(fast.times(2)), { fast: "5" }), `multiply: ${text}`);
  refused(
    () => plan(choose(fast, { close, volume }), { fast: 5 }),
    "choose: choice is 5, but must be a text",
  );
});

Deno.test("A choice has to be one of the options, and the options as many as the series", () => {
  const source = choose(param("source"), { close, volume });
  refused(
    () => plan(source, { source: "opne" }),
    'choose: "opne" is not among the options close, volume',
  );
  refused(
    () => plan(choose(param("source"), { "the close": close }), { source: "the" }),
    'choose: 1 series, but 2 names: "the close"',
  );
});

Deno.test("An operator, argument, output or timeframe that does not exist is refused", () => {
  refused(() => plan(new Numeric({ op: "smaa", inputs: [close] })), /did you mean "sma"\?$/);
  refused(
    () => plan(macd(close, { slw: 5 } as { slow?: number }).line),
    'macd has no argument "slw": did you mean "slow"? It has fast, slow, signal',
  );
  refused(
    () => plan(new Numeric({ op: "macd", inputs: [close], args: macd(close).line.args })),
    'macd has no output ""; there are: line, signal, histogram',
  );
  refused(
    () => plan(new Numeric({ op: "sma", inputs: [close, volume], args: { window: 3 } })),
    "sma takes 1 inputs, not 2",
  );
  refused(() => plan(new Numeric({ op: "sma", inputs: [close] })), "sma: window is missing");
  refused(
    () => plan(on("1hour" as Timeframe, close)),
    /^Unknown timeframe "1hour": did you mean "1h"/,
  );
});

/** How the operators are called that do not take a series and a window, or a window alone. */
const CALLS: Readonly<Record<string, (window: unknown) => unknown[]>> = {
  ...Object.fromEntries(
    ["beta", "correlation", "covariance"].map((name) => [name, (window) => [close, open, window]]),
  ),
  ...Object.fromEntries(
    ["alma", "kama", "stochRsi"].map((name) => [name, (window) => [close, { window }]]),
  ),
  ...Object.fromEntries(["keltner", "stochastic"].map((name) => [name, (window) => [{ window }]])),
  ...Object.fromEntries(
    ["count", "firstIn"].map((name) => [name, (window) => [close.above(open), window]]),
  ),
  historicalVolatility: (window) => [close, window, 365],
  quantile: (window) => [close, window, 0.5],
  vwma: (window) => [close, window],
};

Deno.test("What is wrong by itself is refused where it is written, before there is a run", () => {
  const windows = CATALOGUE.filter((entry): entry is Operator => entry.kind !== "adapter")
    .filter(({ args }) => Object.keys(args).some((name) => ["window", "rows"].includes(name)));
  assert.ok(windows.length >= 12, `${windows.length}`);
  const call = operators as unknown as Record<string, (...given: unknown[]) => unknown>;
  for (const { name, inputs } of windows) {
    const given = (window: unknown) =>
      CALLS[name]?.(window) ?? [...inputs.length === 1 ? [close] : [], window];
    refused(
      () => call[name](...given(0)),
      new RegExp(`^${name}: \\w+ is 0, but must be a whole number`),
    );
    call[name](...given(fast));
  }
  refused(() => lag(close, -1), /^lag: rows is -1, but must be a whole number from 1 to 65536$/);
  refused(() => bollinger(close, 20, -2), /^bollinger: width is -2, but must be a number from 0/);
  refused(() => macd(close, { slow: 0 }), /^macd: slow is 0, but/);
  refused(() => sma(close, undefined as unknown as number), "sma: window is missing");
  refused(() => on("4hours" as Timeframe, close), /^Unknown timeframe "4hours"/);
  refused(() => on("4hours" as Timeframe, close.above(3)), /^Unknown timeframe "4hours"/);
  refused(
    () => choose(fast, [close, open] as unknown as Record<string, Numeric>),
    "choose takes its series by name: choose(source, { close, open })",
  );
});

Deno.test("An input that is no series is named in a few words, with what was meant", async () => {
  const untyped = sma as unknown as (...given: unknown[]) => Expression;
  const input = "but must be a series or a number";
  const compute = ": write sma(close, …), which .on(candles) or .on(frame) computes on values";
  const frame = await columnsToFrame({ close: [1, 2, 3] });
  const cases: [unknown, string][] = [
    ["close", `the text "close", ${input}: write close without quotes`],
    ["price", `the text "price", ${input}`],
    [undefined, `undefined, ${input}: is its name misspelt?`],
    [frame.column("close"), `a column of a data frame, ${input}${compute}`],
    [frame, `a data frame, ${input}${compute}`],
    [Float64Array.of(1, 2), `a list of 2 values, ${input}${compute}`],
    [bollinger(close), `outputs, ${input}: take one of upper, middle, lower, as in .upper`],
  ];
  for (const [given, message] of cases) {
    refused(() => untyped(given, 14), `Input 1 of sma is ${message}`);
  }
});

Deno.test("what reads the candles by itself says so, when it is given a series", () => {
  const call = operators as unknown as Record<string, (...given: unknown[]) => unknown>;
  for (const name of ["atr", "adx", "cci", "supertrend", "obv", "donchian", "mfi", "vwap"]) {
    const message =
      `${name} takes no series, but is given a series (candle): it reads what it needs ` +
      "of the candles by itself";
    refused(() => call[name](close, 14), message);
    refused(() => call[name](close), message);
  }
  refused(() => call.atr(14, 3), "atr takes 1 value, not 2: nothing would be done with 3");
});

Deno.test("a number that says nothing at any row is refused where it is written", () => {
  const finite = "but must be a series or a number that is finite";
  refused(() => close.above(NaN), `Input 2 of greater is NaN, ${finite}`);
  refused(() => close.times(Infinity), `Input 2 of multiply is Infinity, ${finite}`);
  refused(() => fast.plus(-Infinity), `Input 2 of add is -Infinity, ${finite}`);
  refused(() => operators.crossesAbove(close, NaN), `Input 2 of crossesAbove is NaN, ${finite}`);
  refused(() => operators.max(close, NaN), `Input 2 of max is NaN, ${finite}`);
  // What is not known on some rows, and a bound that is none, can be meant.
  operators.where(close.above(open), close, NaN);
  operators.clamp(close, 0, Infinity);
});

Deno.test("a timeframe may be a choice, which is made when there is a run", () => {
  const shown = on(param("slow"), close);
  assert.equal(plan(shown, { slow: "1h" }).warmUp.get("x"), 60);
  assert.equal(plan(shown, { slow: "4h" }).warmUp.get("x"), 240);
  refused(() => plan(shown, { slow: "1hour" }), /Unknown timeframe "1hour": did you mean "1h"/);
  refused(() => plan(shown, { slow: 5 }), "on: timeframe is 5, but must be a text");
  refused(() => on(close as unknown as Timeframe, close), /^on takes the timeframe first/);
});

Deno.test("timeframes as other programs write them are told what they are called here", () => {
  const names = {
    ...{ D: "1d", W: "1w", M: "1M", 240: "4h", 60: "1h", 1: "1m", 45: "1h", 12: "15m", "1D": "1d" }, // Pine
    ...{ H4: "4h", M5: "5m", D1: "1d", MN: "1M", MN1: "1M" }, // MetaTrader
    ...{
      "60m": "1h",
      "24h": "1d",
      "1hour": "1h",
      "4hours": "4h",
      "5min": "5m",
      "3M": "1M",
      "1mo": "1M",
    },
  };
  for (const [found, meant] of Object.entries(names)) {
    refused(
      () => on(found as Timeframe, close),
      new RegExp(`^Unknown timeframe "${found}": did you mean "${meant}"\\?`),
    );
  }
});

Deno.test("computing values holds a series to what its operators take, as a strategy does", () => {
  const candles = madeCandles({ rows: 30, seed: 1 });
  const untyped = sma as unknown as (...given: unknown[]) => Expression;
  refused(
    () => untyped(close.above(open), 3).on(candles),
    "sma.inputs[0]: a boolean is found, but a number is needed here",
  );
  refused(
    () => (close.above(open) as unknown as { and(x: unknown): Expression }).and(close).on(candles),
    "and.inputs[1]: a number is found, but a boolean is needed here",
  );
});
