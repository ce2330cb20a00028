import assert from "node:assert/strict";
import { backtest } from "../../engine/research/backtest.ts";
import { configOf } from "../../engine/research/promote.ts";
import { defineOperator } from "../../engine/series/define_operator.ts";
import { close, type Condition, high, low, type Numeric } from "../../engine/series/expression.ts";
import { windowRule } from "../../engine/series/operator.ts";
import { highest } from "../../engine/series/operators/statistics/extremes.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import { assertChunkLaw, planMachine } from "../laws/chunk_law.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { assertSameBits } from "../laws/same_bits.ts";
import { evaluate } from "./evaluate.ts";

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
