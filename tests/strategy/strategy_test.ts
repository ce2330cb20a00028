import assert from "node:assert/strict";
import { SIGNALS } from "../../engine/account/signals.ts";
import { STOPS } from "../../engine/account/stop_rules.ts";
import {
  close,
  type Condition,
  type Numeric,
  open,
  volume,
} from "../../engine/series/expression.ts";
import { bollinger } from "../../engine/series/operators/volatility/bollinger.ts";
import { choose } from "../../engine/series/operators/conditions/choose.ts";
import { rsi } from "../../engine/series/operators/oscillators/rsi.ts";
import { choice, number, type Parameters, whole } from "../../engine/strategy/parameters.ts";
import { type Built, strategy, valuesFor } from "../../engine/strategy/strategy.ts";
import { sellsShort } from "../../engine/strategy/strategy.ts";

const rises = close.above(volume);

/** What a notebook may hand over, where no types are checked. */
function made(built: unknown, parameters: Parameters = {}, name = "made") {
  return strategy(name, parameters, { build: () => built as Built });
}

function refused(make: () => unknown, message: string): void {
  assert.throws(make, { name: "InputError", message });
}

Deno.test("A strategy without an entry never trades, and is refused", () => {
  const message =
    'The strategy "made" never trades: give it enterLong, enterShort or both, or exposure';
  refused(() => made({}), message);
  refused(() => made({ exitLong: rises, exitShort: rises }), message);
  refused(() => made({ enterLong: undefined }), message);
  assert.equal(sellsShort(made({ enterLong: rises })), false);
  assert.equal(sellsShort(made({ enterShort: rises })), true);
});

const PARTS = [...Object.keys(SIGNALS), ...Object.keys(STOPS), "series"].join(", ");

Deno.test("A misspelt part is refused: the strategy would trade without it", () => {
  refused(
    () => made({ enterLong: rises, exitlong: rises }),
    'made gives an unknown "exitlong": did you mean "exitLong"? There are ' + PARTS,
  );
  refused(
    () => made({ enterLong: rises, __proto: 1 }),
    'made gives an unknown "__proto". There are ' + PARTS,
  );
});

Deno.test("Each part has its type", () => {
  const condition = "must be a condition, such as a.above(b)";
  refused(() => made({ enterLong: close }), `enterLong of made ${condition}`);
  refused(() => made({ enterLong: true }), `enterLong of made ${condition}`);
  refused(() => made({ enterLong: rises, exitLong: [1, 0] }), `exitLong of made ${condition}`);
  refused(
    () => made({ enterLong: rises, confidence: rises }),
    "confidence of made must be a series of numbers",
  );
  refused(
    () => made({ enterLong: rises, timeStop: close }),
    "timeStop of made must be a number or a parameter",
  );
  refused(
    () => made({ enterLong: rises, takeProfit: "2 %" }),
    "takeProfit of made must be a number, a parameter or a series of numbers",
  );
});

Deno.test("Names are what a config can hold", () => {
  const rule = "names are 1 to 63 letters, digits, _ and -, beginning with a letter";
  refused(
    () => made({ enterLong: rises }, {}, "my bot"),
    `A strategy cannot be called "my bot": ${rule}`,
  );
  refused(
    () => made({ enterLong: rises }, { "5m": whole(5) }),
    `A parameter of made cannot be called "5m": ${rule}`,
  );
  refused(
    () => made({ enterLong: rises, series: { "": close } }),
    `A series of made cannot be called "": ${rule}`,
  );
  refused(
    () => made({ enterLong: rises, series: { close: volume } }),
    'A series cannot be called "close": that is a candle column',
  );
  refused(
    () => made({ enterLong: rises, series: { level: 5 } }),
    'The series "level" of made must be a series or a parameter',
  );
  assert.deepEqual(Object.keys(made({ enterLong: rises, series: { close } }).series), ["close"]);
});

Deno.test("A parameter or column that is not there is refused: it would pass for a default", () => {
  type Loose = {
    build: (parameters: Record<string, Numeric>, candle: Record<string, Numeric>) => Built;
  };
  const build = (build: Loose["build"]) =>
    strategy("made", { window: whole(14) }, { build } as unknown as Loose);
  refused(
    () => build(({ windw }) => ({ enterLong: rsi(close, windw).below(30) })),
    'No parameter of made is called "windw": did you mean "window"? There are: window',
  );
  refused(
    () => build((_, { clsoe }) => ({ enterLong: clsoe.above(1) })),
    'No candle column is called "clsoe": did you mean "close"? There are: open, high, low, close, volume',
  );
  refused(
    () =>
      strategy("made", { a: whole(1) }, {
        where: (parameters) => (parameters as Record<string, Numeric>).b.above(1) as Condition,
        build: () => ({ enterLong: rises }),
      }),
    'No parameter of made is called "b": did you mean "a"? There are: a',
  );
});

Deno.test("Parameters: defaults and ranges have to fit each other", () => {
  const refusedParameter = (parameter: Parameters[string], message: string) =>
    refused(() => made({ enterLong: rises }, { p: parameter }), `made.p${message}`);
  refusedParameter(whole(0), ".default is 0, but must be a whole number from 1 to 1000");
  refusedParameter(whole(1.5), ".default is 1.5, but must be a whole number from 1 to 1000");
  refusedParameter(
    number(5, { min: 0, max: 1 }),
    ".default is 5, but must be a number from 0 to 1",
  );
  const range = "is no range: give two numbers, min ≤ max";
  refusedParameter(number(5, { min: 9, max: 1 }), `: from 9 to 1 ${range}`);
  refusedParameter(number(5, { min: 0, max: Infinity }), `: from 0 to Infinity ${range}`);
  refusedParameter(number(5, { min: NaN, max: 9 }), `: from NaN to 9 ${range}`);
  refusedParameter(choice("c", ["a", "b"]), '.default is "c", but must be one of a, b');
});

Deno.test("Values: those given and defaults for the rest, each in range, together as `where` wants", () => {
  const cross = strategy("cross", {
    fast: whole(5),
    slow: whole(20),
    kind: choice("a", ["a", "b"]),
  }, {
    where: ({ fast, slow }) => fast.below(slow),
    build: ({ kind }) => ({
      enterLong: rises,
      series: { seen: choose(kind, { a: open, b: close }) },
    }),
  });
  assert.deepEqual(valuesFor(cross, { fast: 7 }), { fast: 7, slow: 20, kind: "a" });
  assert.deepEqual(valuesFor(cross, { kind: "b" }), { fast: 5, slow: 20, kind: "b" });
  const together = 'params: cross does not allow fast 20, slow 20, kind a (see its "where")';
  refused(() => valuesFor(cross, { fast: 20 }), together);
  refused(
    () => valuesFor(cross, { slow: 0 }),
    "params.slow is 0, but must be a whole number from 1 to 1000",
  );
  refused(
    () => valuesFor(cross, { slow: NaN }),
    "params.slow is NaN, but must be a whole number from 1 to 1000",
  );
  refused(() => valuesFor(cross, { fast: "7" }), 'params.fast is "7", but must be a number');
  refused(() => valuesFor(cross, { kind: "c" }), 'params.kind is "c", but must be one of a, b');
  refused(
    () => valuesFor(cross, { fsat: 7 }),
    'params.fsat: no such parameter: did you mean "fast"? There are fast, slow, kind',
  );
  refused(
    () => valuesFor(made({ enterLong: rises }), { fast: 7 }),
    "params.fast: no such parameter. The strategy has none",
  );
});

Deno.test("A parameter that changes nothing is refused: an `if` sees an object, which is true", () => {
  refused(
    () =>
      strategy("asks", { trend: whole(0, { min: 0, max: 1 }) }, {
        build: ({ trend }) => ({ enterLong: trend ? rises : close.above(open) }),
      }),
    'The parameter "trend" of asks changes nothing. It has no value while build runs, so an if, ?: or ' +
      "&& on it is always true: use where() or choose(), or leave it out",
  );
});

Deno.test("A build that returns nothing, and an input that is not there, are named", () => {
  refused(
    () => strategy("empty", {}, { build: () => undefined as never }),
    "build of empty returns nothing: let it return { enterLong, … }",
  );
  const bands = bollinger(close) as unknown as Record<string, Numeric>;
  refused(
    () => close.above(bands.low),
    'bollinger gives no series "low". There are upper, middle, lower',
  );
});
