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
  "() => { const up = close.above(open); return { enterLong: (up && other).and(third), exitLong: up.not() }; }":
    ["&&", "up"],
  "() => { const up = close.above(open); if (up) { x(); } if (ready && up && n > 3) return { enterLong: up }; }":
    ["&&", "up"],
  "({ fast, slow }) => fast.below(slow) || slow.above(9)": ["||", "fast.below()"],
  "() => ({ enterLong: flag && close.above(open) || other })": ["||", "close.above()"],
  "() => ({ exitLong: busy || !close.above(3) })": ["||", "!close.above()"],
};

for (const [code, [sign, condition]] of Object.entries(REFUSED)) {
  Deno.test(`refused: ${code}`, () => {
    assert.throws(() => checkSource(code, "made"), {
      name: "InputError",
      message:
        `made has "${sign}" beside the condition ${condition}, which JavaScript takes or leaves as a ` +
        "whole: use .and(), .or() and .not() between conditions; for a plain flag, or something " +
        "optional, use ?: or ??",
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
  "() => { const f = flag && close.above(sma(close, 50)); return { enterLong: f ? e.and(f) : e }; }",
  "() => { let f; if (flag) f = close.above(open); return { enterLong: f && n > 3 ? e.and(f) : e }; }",
  "() => { const both = (up, b) => up && b ? up.and(b) : up ?? b; const up = close.above(open); return both(up); }",
  "() => { function both({ up }) { return up && up.and(b); } const up = close.above(open); return both({ up }); }",
  "() => { const all = fs.map(up => up && up.not()); const up = close.above(open); return { enterLong: up }; }",
  "() => ({ enterLong: session() && n > 3 ? a : b, exitLong: p.equals(3) && flag ? a : b })",
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

Deno.test("a condition that && passes over is refused, whether others read it or not", () => {
  const made = (dry: number) =>
    strategy("made", {}, {
      build: (_, { close, volume }) => {
        const up = close.above(sma(close, 9));
        if (dry > 0) return { enterLong: up && volume.below(dry), exitLong: up.not() };
        return { enterLong: up.not() && volume.below(9), exitLong: up };
      },
    });
  assert.throws(() => made(5), /^InputError: made has "&&" beside the condition up,/);
  assert.throws(() => made(0), /^InputError: Nothing in made reads the condition /);
});

Deno.test("a condition that a plain flag switches is no mistake", () => {
  for (const strict of [false, true]) {
    const { signals } = strategy("made", {}, {
      build: (_, { close, volume }) => {
        const calm = strict && volume.below(9), up = close.above(sma(close, 9));
        return { enterLong: calm ? up.and(calm) : up };
      },
    });
    assert.equal(signals.enterLong!.op, strict ? "and" : "greater");
  }
});
