import assert from "node:assert/strict";
import { close, Numeric, param, volume } from "../../engine/series/expression.ts";
import { choose } from "../../engine/series/operators/choose.ts";
import { deviation } from "../../engine/series/operators/deviation.ts";
import { ema } from "../../engine/series/operators/ema.ts";
import { macd } from "../../engine/series/operators/macd.ts";
import { on } from "../../engine/series/operators/on.ts";
import { rsi } from "../../engine/series/operators/rsi.ts";
import { sma } from "../../engine/series/operators/sma.ts";
import type { Timeframe } from "../../engine/market/timeframe.ts";
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
  refused(() => plan(sma(close, fast), { fast: "5" }), `sma: window: ${text}`);
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
    'macd has no argument "slw"; it has fast, slow, signal',
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
