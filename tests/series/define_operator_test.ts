import assert from "node:assert/strict";
import { backtest } from "../../engine/research/backtest.ts";
import { configOf } from "../../engine/research/promote.ts";
import { defineOperator } from "../../engine/series/define_operator.ts";
import { close, type Condition, high, low, type Numeric } from "../../engine/series/expression.ts";
import { windowRule } from "../../engine/series/operator.ts";
import { Plan } from "../../engine/series/plan.ts";
import { highest } from "../../engine/series/operators/statistics/extremes.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import { strategyHash, writeStrategy } from "../../engine/strategy/strategy_json.ts";
import { assertChunkLaw, planMachine } from "../laws/chunk_law.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { assertSameBits } from "../laws/same_bits.ts";
import { evaluate, evaluateAll } from "./evaluate.ts";

const CANDLES = madeCandles({ rows: 3_000, seed: 2 });

/** The highest of a window, written anew. */
const top = defineOperator({
  name: "ownTop",
  inputs: ["number"],
  args: { window: windowRule() },
  lookback: ({ window }) => window,
  fill([x], [out], _state, from, to, { args: { window } }) {
    for (let i = from; i < to; i++) {
      let best = x[i - window + 1];
      for (let j = i - window + 2; j <= i; j++) {
        best = best >= x[j] ? best : x[j] > best ? x[j] : NaN;
      }
      out[i] = best;
    }
  },
});

Deno.test("an operator of one's own works in plans at once, under law 1", () => {
  const x: Numeric = top([close], { window: 9 });
  assertSameBits(evaluate(x, CANDLES), evaluate(highest(close, 9), CANDLES), "ownTop");
  const { timeframe, decimals, length } = CANDLES;
  assertChunkLaw(planMachine({ x }, { timeframe, decimals }, length), CANDLES);
});

Deno.test("it may give a condition, or several outputs", () => {
  const wide = defineOperator({
    name: "ownWide",
    inputs: ["number", "number"],
    output: "boolean",
    fill([a, b], [out], _state, from, to) {
      for (let i = from; i < to; i++) out[i] = a[i] - b[i] > 1 ? 1 : 0;
    },
  });
  const both = defineOperator({
    name: "ownBoth",
    inputs: ["number"],
    output: { half: "number", twice: "number" },
    fill([x], [half, twice], _state, from, to) {
      for (let i = from; i < to; i++) [half[i], twice[i]] = [x[i] / 2, 2 * x[i]];
    },
  });
  const condition: Condition = wide([high, low]), { half, twice } = both([close]);
  assert.equal(condition.type, "boolean");
  assertSameBits(
    evaluate(half.times(4), CANDLES),
    evaluate(twice, CANDLES),
    "half times four is twice",
  );
});

const broken = {
  "looks ahead": (x: Float64Array, out: Float64Array, i: number) => out[i] = x[i + 1],
  "looks back further than it says": (x: Float64Array, out: Float64Array, i: number) =>
    out[i] = x[i - 3],
  "remembers by itself": (() => {
    let sum = 0;
    return (x: Float64Array, out: Float64Array, i: number) => {
      if (x[i] === x[i]) sum += x[i];
      out[i] = sum;
    };
  })(),
};

for (const [what, row] of Object.entries(broken)) {
  Deno.test(`one that ${what} is refused where it is defined`, () => {
    assert.throws(() =>
      defineOperator({
        name: "ownBroken",
        inputs: ["number"],
        lookback: () => 2,
        fill([x], [out], _state, from, to) {
          for (let i = from; i < to; i++) row(x, out, i);
        },
      }), { name: "InputError", message: /^ownBroken \{\} gives .* on row \d+ when/ });
  });
}

// Prices as markets have them, from what costs shares of a cent to yen for a bitcoin.
for (
  const price of [0.00012, 0.0071, 0.5, 1.08, 27, 640, 3_100, 20_000, 68_000, 110_000, 9_500_000]
) {
  Deno.test(`one that looks ahead only where a price is above ${price} is refused`, () => {
    for (const at of ["first", "second"] as const) {
      assert.throws(
        () =>
          defineOperator({
            name: "ownPeeking",
            inputs: ["number", "number"],
            output: "boolean",
            fill([a, b], [out], _state, from, to) {
              const x = at === "first" ? a : b;
              for (let i = from; i < to; i++) {
                out[i] = x[i] > price && x[i] < 1.2 * price ? Number(x[i + 1] > x[i]) : 0;
              }
            },
          }),
        { name: "InputError", message: /^ownPeeking \{\} gives .* on row \d+ when/ },
      );
    }
  });
}

const middleOf = (share: number) =>
  defineOperator({
    name: "ownMiddle",
    inputs: ["number", "number"],
    fill([a, b], [out], _state, from, to) {
      for (let i = from; i < to; i++) out[i] = a[i] * share + b[i] * (1 - share);
    },
  });

Deno.test("one of the same name changes nothing that was made before", () => {
  // The source of both is the same, so that nothing but the operator itself can tell them apart.
  const half = middleOf(0.5), before = half([high, low]), [wanted] = [evaluate(before, CANDLES)];
  const all = middleOf(1), after = all([high, low]);
  assertSameBits(evaluate(before, CANDLES), wanted, "made before");
  assertSameBits(evaluate(half([high, low]), CANDLES), wanted, "made by the first");
  assertSameBits(evaluate(after, CANDLES), CANDLES.high, "made by the second");
  const both = evaluateAll({ before, after }, CANDLES);
  assertSameBits(both.before, wanted, "side by side");
  assertSameBits(both.after, CANDLES.high, "side by side");
  assert.deepEqual([before.op, after.op], ["ownMiddle", "ownMiddle#2"]);
  const read = (x: Numeric) => strategy("own", {}, { build: () => ({ exposure: x }) });
  assert.notEqual(strategyHash(read(before)), strategyHash(read(after)));
});

Deno.test("what an operator takes from beside its source makes its strategies and their trials others", () => {
  const made = (share: number) =>
    strategy("own", {}, { build: () => ({ exposure: middleOf(share)([high, low]) }) });
  // In another process each of them would have the same name.
  const known = (share: number) =>
    JSON.stringify(writeStrategy(made(share))).replace(/ownMiddle(#\d+)?/g, "ownMiddle");
  assert.equal(known(0.25), known(0.25));
  assert.notEqual(known(0.25), known(0.75));
});

/** What defines nothing, and what is said of it. */
const sound = {
  name: "ownSound",
  inputs: ["number"],
  fill(
    [x]: readonly Float64Array[],
    [out]: readonly Float64Array[],
    _: unknown,
    from: number,
    to: number,
  ) {
    for (let i = from; i < to; i++) out[i] = x[i];
  },
};

const each = (write: (x: Float64Array, out: Float64Array, i: number, to: number) => void) => ({
  fill([x]: Float64Array[], [out]: Float64Array[], _: unknown, from: number, to: number) {
    for (let i = from; i < to; i++) write(x, out, i, to);
  },
});

const NONSENSE: Record<string, [parts: unknown, message: string | RegExp]> = {
  "no parts": [5, /^defineOperator takes its options by name, some or all of \{ name: …/],
  "a misspelt part": [
    { ...sound, lokback: () => 3 },
    /has no option "lokback": did you mean "lookback"/,
  ],
  "no name": [
    { ...sound, name: undefined },
    /^defineOperator: name is undefined, but must be a text of/,
  ],
  "a name with a space": [
    { ...sound, name: "my own" },
    /^defineOperator: name is the text "my own"/,
  ],
  "a leaf's name": [{ ...sound, name: "candle" }, /^Cannot define candle/],
  "inputs that are series": [
    { ...sound, inputs: [close] },
    /^ownSound: inputs is a list of 1 value, but must be a list of "number" and "boolean"/,
  ],
  "an unknown output": [{ ...sound, output: "numbr" }, /^ownSound: output is the text "numbr"/],
  "several outputs as a list": [
    { ...sound, output: ["a", "b"] },
    /^ownSound: output is a list of 2/,
  ],
  "a window by itself": [
    { ...sound, args: { window: 14 } },
    /^ownSound: args.window is 14, but must be a range: windowRule\(\)/,
  ],
  "a range without an end": [
    { ...sound, args: { window: { min: 1 } } },
    /^ownSound: args.window is from 1 to undefined/,
  ],
  "a lookback that is a number": [
    { ...sound, lookback: 14 },
    "ownSound: lookback is 14, but must be a function, such as lookback: ({ window }) => window",
  ],
  "no fill": [
    { ...sound, fill: undefined },
    /^ownSound: fill is undefined, but must be a function/,
  ],
  "a lookback that is none": [
    { ...sound, lookback: () => NaN },
    "ownSound: lookback({}) is NaN, but must be a whole number from 0 to 65536",
  ],
  "a negative state": [
    { ...sound, stateSize: () => -1 },
    /^ownSound: stateSize\(\{\}\) is -1, but must/,
  ],
  "a lookback that throws": [
    { ...sound, lookback: (args: { rows: { most: number } }) => args.rows.most },
    /^ownSound: lookback\(\{\}\) failed: Cannot read properties of undefined/,
  ],
  "an async fill": [{ ...sound, fill: async () => await 5 }, /^ownSound: fill is async/],
  "rows that are not written": [
    { ...sound, ...each((x, out, i) => i % 2 || (out[i] = x[i])) },
    /^ownSound: fill leaves row \d+ as it was: it has to write each row/,
  ],
  "rows of others": [
    { ...sound, ...each((x, out, i, to) => (out[i] = x[i], out[to] = 0)) },
    /^ownSound: fill writes row \d+, which is not one of "from" to "to"/,
  ],
  "inputs that are changed": [
    { ...sound, ...each((x, out, i) => out[i] = ++x[i]) },
    "ownSound: fill writes into its inputs, which others read too",
  ],
  "a condition that is a price": [
    { ...sound, output: "boolean" },
    /^ownSound: fill gives 1\d\d\.\d+ on row 0, but a condition is 1, 0 or, where it is not known, NaN/,
  ],
  "a fill that throws": [
    { ...sound, ...each((x, out, i) => out[i] = (x[i] > 105 ? undefined! : x)[i]) },
    /^ownSound: fill failed on row \d+ of those that it is tried out on: Cannot read properties of und/,
  ],
  "a memory that is too short": [
    {
      ...sound,
      stateSize: () => 1,
      memory: () => 3,
      fill(
        [x]: Float64Array[],
        [out]: Float64Array[],
        state: Float64Array,
        from: number,
        to: number,
      ) {
        for (let i = from; i < to; i++) out[i] = state[0] += x[i] === x[i] ? x[i] : 0;
      },
    },
    /^ownSound \{\} gives \S+ on row 104, but \S+ when it has not seen the rows before 101: memory must/,
  ],
};

for (const [what, [parts, message]] of Object.entries(NONSENSE)) {
  Deno.test(`an operator with ${what} is refused, and why is said`, () => {
    assert.throws(() => defineOperator(parts as Parameters<typeof defineOperator>[0]), {
      name: "InputError",
      message,
    });
  });
}

Deno.test("what it keeps may be of any row before, unless it says what it forgets", () => {
  const total = defineOperator({
    name: "ownTotal",
    inputs: ["number"],
    stateSize: () => 1,
    fill([x], [out], state, from, to) {
      for (let i = from; i < to; i++) out[i] = state[0] += x[i] === x[i] ? x[i] : 0;
    },
  });
  const x = total([close]), short = top([close], { window: 9 });
  const plan = new Plan({ x, short }, { timeframe: "1m", decimals: 2 });
  assert.deepEqual([plan.warmUp.get("x"), plan.warmUp.get("short")], [Infinity, 9]);
});

Deno.test("what its fill throws on candles names it and the candle", () => {
  const level = CANDLES.close[1_234];
  const picky = defineOperator({
    name: "ownPicky",
    inputs: ["number"],
    stateSize: () => 1,
    fill([x], [out], state, from, to) {
      for (let i = from; i < to; i++) {
        const none = x[i] === level ? undefined : x;
        out[i] = none![i] + 0 * ++state[0];
      }
    },
  });
  const first = CANDLES.close.indexOf(level), time = new Date(CANDLES.time[first]).toISOString();
  assert.throws(() => evaluate(picky([close]), CANDLES), {
    name: "InputError",
    message: new RegExp(
      `^ownPicky: fill failed on the candle that closes at ${time}: Cannot read properties of undefined`,
    ),
  });
});

Deno.test("its inputs are a list, and its settings have names", () => {
  const call = top as unknown as (...given: unknown[]) => unknown;
  const refused = (given: unknown[], message: string | RegExp) =>
    assert.throws(() => call(...given), { name: "InputError", message });
  refused(
    [close, { window: 3 }],
    /^ownTop takes its inputs as a list of 1 series, as in ownTop\(\[close\]/,
  );
  refused([[high, low], { window: 3 }], "ownTop takes its inputs as a list of 1 series, not of 2");
  refused([[close], 3], "ownTop takes its settings by name, not 3");
  refused(
    [[close], { window: 3 }, 4],
    "ownTop takes 2 values, not 3: nothing would be done with 4",
  );
  refused([[close], { windw: 3 }], /^ownTop has no argument "windw": did you mean "window"/);
});

Deno.test("the catalogue's names are taken", () => {
  const fill = () => {};
  assert.throws(() => defineOperator({ name: "sma", inputs: [], fill }), {
    message: "Cannot define sma: the catalogue has an operator of that name",
  });
});

Deno.test("a strategy that uses one is backtested, and cannot be promoted", () => {
  const own = strategy("own_breakout", {}, {
    build() {
      const before = top([high], { window: 20 });
      return { enterLong: close.atLeast(before), exitLong: close.below(low), series: { before } };
    },
  });
  const result = backtest(own, CANDLES);
  assert(result.summary() !== undefined);
  const market = { exchange: "binance", symbol: "BTC/USDT" };
  assert.throws(() => configOf(result, { name: "own", market }), {
    name: "InputError",
    message:
      /^Cannot promote own_breakout: before \(ownTop\) is of your own code, which a bot does not run\./,
  });
});
