import assert from "node:assert/strict";
import { checkSource } from "../../engine/strategy/check_source.ts";
import { crossesAbove } from "../../engine/series/operators/events/crosses.ts";
import { rsi } from "../../engine/series/operators/oscillators/rsi.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { strategy } from "../../engine/strategy/strategy.ts";

const REFUSED: Readonly<Record<string, [sign: string, condition: string]>> = {
  "({ close }) => ({ enterLong: crossesAbove(close, sma(close, 9)) || rsi(close).below(30) })": [
    "||",
    "crossesAbove()",
  ],
  "() => ({ enterLong: spare || rsi(close, 14).below(30) })": ["||", "rsi().below()"],
  "() => { const up = close.above(sma(close, 9)); return { enterLong: up && busy, series: { up, busy } }; }":
    ["&&", "up"],
  "() => { const a = 1, calm = x.atr(3).below(2), b = 2;\n return { enterLong: busy || calm }; }": [
    "||",
    "calm",
  ],
  "() => ({ enterLong: (close.above(open) && other).and(third) })": ["&&", "close.above()"],
  "({ fast, slow }) => fast.below(slow) && slow.above(9)": ["&&", "fast.below()"],
  "() => { if (ready && close.above(open)) return {}; }": ["&&", "close.above()"],
  "() => ({ exitLong: busy || !close.above(3) })": ["||", "!close.above()"],
};

for (const [code, [sign, condition]] of Object.entries(REFUSED)) {
  Deno.test(`refused: ${code}`, () => {
    assert.throws(() => checkSource(code, "made"), {
      name: "InputError",
      message:
        `made has "${sign}" beside the condition ${condition}, which JavaScript takes or leaves as a ` +
        "whole: use .and(), .or() and .not() between conditions",
    });
  });
}

const ALLOWED = [
  "() => ({ enterLong: close.above(open).and(busy.or(calm.not())) })",
  "() => ({ ...(shorts && { enterShort: crossesBelow(a, b) }) })",
  "() => { const window = given || 14; return { enterLong: close.above(sma(close, window)) }; }",
  "() => ({ enterLong: given ?? close.above(open) })",
  "() => ({ enterLong: given && given.length > 3 ? a : b, exitLong: close.above(open) })",
  "() => { /* up || close.above(3) */ return { enterLong: up }; } // a.above(b) && c",
  '() => ({ enterLong: up, series: { "a.above(b) || c": up } }) // it\'s so',
  "() => { for (const x of all) if (i > 0 && x !== y) list.push(x.above(3)); return list.at(0); }",
  "function build() { [native code] }",
];

for (const code of ALLOWED) {
  Deno.test(`allowed: ${code}`, () => checkSource(code, "made"));
}

Deno.test("a strategy whose second condition was never made is refused by what it says", () => {
  assert.throws(
    () =>
      strategy("made", {}, {
        build: (_, { close }) => ({
          enterLong: crossesAbove(close, sma(close, 9)) || rsi(close, 14).below(30),
        }),
      }),
    /^InputError: made has "\|\|" beside the condition .*crossesAbove\(\)/,
  );
});
