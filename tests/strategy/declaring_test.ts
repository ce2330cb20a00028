/** What a notebook may hand to `strategy`, where no types are checked. */
import assert from "node:assert/strict";
import { close, open } from "../../engine/series/expression.ts";
import { bollinger } from "../../engine/series/operators/volatility/bollinger.ts";
import { choose } from "../../engine/series/operators/conditions/choose.ts";
import { choice, number, whole } from "../../engine/strategy/parameters.ts";
import { strategy as typed, valuesFor } from "../../engine/strategy/strategy.ts";

const strategy = typed as unknown as (...given: unknown[]) => ReturnType<typeof typed>;
const rises = close.above(open), build = () => ({ enterLong: rises });

function refused(make: () => unknown, message: string | RegExp): void {
  assert.throws(make, { name: "InputError", message });
}

Deno.test("A build that is not given by name is asked for", () => {
  const message = 'The strategy "x" needs its build by name, behind its parameters: ' +
    'strategy("x", { … }, { build: (parameters, { close }) => ({ enterLong: … }) })';
  for (const recipe of [undefined, build, {}, { build: rises }, { build, where: true }]) {
    refused(() => strategy("x", {}, recipe), message);
  }
  refused(() => strategy("x", { build }), message);
  refused(
    () => strategy("x", {}, { build, were: build }),
    'The strategy "x" has no option "were": did you mean "where"? There are where, build',
  );
});

Deno.test("A parameter that is only a value is answered by how to declare it", () => {
  const declared = (given: unknown) => () => strategy("x", { n: given }, { build });
  const begin = (what: string) =>
    `The parameter "n" of x is ${what}, which does not say what else it may be: declare it as `;
  refused(declared(5), `${begin("5")}whole(5) or number(5, { min: …, max: … })`);
  refused(declared(0.5), `${begin("0.5")}number(0.5, { min: …, max: … })`);
  refused(declared("ema"), `${begin('the text "ema"')}choice("ema", ["ema", …])`);
  refused(declared([5, 10]), /^The parameter "n" of x is a list of 2 values, .* whole\(14\)/);
  refused(declared(null), /^The parameter "n" of x is null/);
  refused(declared(whole), /^The parameter "n" of x is a function/);
  refused(
    () => strategy("x", [whole(5)], { build }),
    "The parameters of x are given by name, such as { window: whole(14) }, and not as " +
      "a list of 1 value",
  );
});

Deno.test("Ranges and options of parameters are checked by name", () => {
  const loose = whole as unknown as (...given: unknown[]) => unknown;
  refused(
    () => loose(5, { mn: 1 }),
    'whole has no option "mn": did you mean "min"? There are min, max',
  );
  refused(() => loose(5, [1, 9]), /^A range is given by name/);
  refused(
    () => (number as (value: number) => unknown)(2),
    /^number\(2\) needs the range in which it may be: number\(2, \{ min: …, max: … \}\)$/,
  );
  refused(
    () => (number as unknown as (...given: unknown[]) => unknown)(5, { min: 1, maxx: 9 }),
    'number has no option "maxx": did you mean "max"? There are min, max',
  );
  refused(
    () => choice("a", "abc" as unknown as string[]),
    'The options of a choice are a list: choice("close", ["close", "open"])',
  );
});

Deno.test("A stop that is a plain number is checked where it is written", () => {
  const rule = "but must be a fraction of the entry price, above 0";
  const stop = (parts: object) => () =>
    strategy("x", {}, { build: () => ({ ...build(), ...parts }) });
  refused(stop({ stopLoss: 5 }), `stopLoss is 5, ${rule} and below 1`);
  refused(stop({ stopLoss: 0 }), `stopLoss is 0, ${rule} and below 1`);
  refused(stop({ takeProfit: -0.1 }), `takeProfit is -0.1, ${rule}`);
  assert.equal(stop({ stopLoss: 0.05, takeProfit: 5 })().stops.stopLoss, 0.05);
});

Deno.test("A choose has a series for all that its parameter may be", () => {
  const source = choice("close", ["close", "open"]);
  const chosen = (series: object, parameter: unknown = source) =>
    strategy("x", { source: parameter }, {
      build: ({ source }: { source: typeof close }) => ({
        enterLong: choose(source, series as Record<string, typeof close>).above(3),
      }),
    });
  refused(
    () => chosen({ close, opn: open }),
    'choose in x has no series for "open", which source may be; it has close, opn: ' +
      'is "opn" meant by it?',
  );
  refused(
    () => chosen({ close, open }, whole(5)),
    'choose in x goes by "source", which is no choice: declare it as ' +
      'source: choice("close", ["close", "open"])',
  );
  assert.equal(chosen({ close, open }).name, "x");
});

Deno.test("Several series under one name are to be spread", () => {
  const bands = bollinger(close);
  const drawn = (series: object) =>
    strategy("x", {}, { build: () => ({ enterLong: rises, series }) });
  refused(
    () => drawn({ bands }),
    'The series "bands" of x must be a series or a parameter, but is upper, middle, lower together: ' +
      "take one, or write ...bands",
  );
  assert.deepEqual(Object.keys(drawn({ ...bands }).series), ["upper", "middle", "lower"]);
});

Deno.test("Values of parameters are given by name", () => {
  const made = strategy("x", { n: whole(5) }, {
    build: ({ n }: { n: typeof close }) => ({ enterLong: close.above(n) }),
  });
  const values = valuesFor as unknown as (...given: unknown[]) => unknown;
  for (const given of [7, [7], new Map([["n", 7]])]) {
    refused(
      () => values(made, given),
      /^params are given by name, such as \{ window: 14 \}, and not as/,
    );
  }
  assert.deepEqual(values(made, { n: 7 }), { n: 7 });
});
