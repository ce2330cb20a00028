import assert from "node:assert/strict";
import { DEFAULT_ACCOUNT } from "../../engine/account/settings.ts";
import { newState } from "../../engine/account/state.ts";
import type { CandleColumns, Candles } from "../../engine/market/candles.ts";
import { Run } from "../../engine/run/run.ts";
import { close, high, volume } from "../../engine/series/expression.ts";
import { type Kernel, kernel } from "../../engine/series/operator.ts";
import { smaOperator } from "../../engine/series/operators/averages/sma.ts";
import { ema } from "../../engine/series/operators/averages/ema.ts";
import { on } from "../../engine/series/operators/candles/on.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { Plan } from "../../engine/series/plan.ts";
import emaCross from "../../strategies/ema_cross.ts";
import { assertChunkLaw, planMachine } from "./chunk_law.ts";
import { runMachine } from "./run_machine.ts";
import { assertKernelLaw } from "./kernel_law.ts";
import { madeCandles } from "./made_candles.ts";
import { kernelRows } from "./operator_cases.ts";

const CANDLES = madeCandles({ rows: 1_200, seed: 11 });
const ROWS = kernelRows(["number"], CANDLES, "computed");

/** A kernel that adds up the last three rows, and the ways in which it can break the law. */
const sumOfThree = (broken: Partial<Kernel> = {}): Kernel => ({
  ...kernel({
    name: "sumOfThree",
    inputs: ["number"],
    lookback: () => 2,
    stateSize: () => 1,
    fill([x], [out], state, from, to) {
      for (let i = from; i < to; i++) out[i] = x[i] + x[i - 1] + x[i - 2] + state[0]++;
    },
  }),
  ...broken,
});

const BROKEN: Record<string, Partial<Kernel>> = {
  "reads the row that follows": {
    fill([x], [out], _, from, to) {
      for (let i = from; i < to; i++) out[i] = Math.max(x[i], x[i + 1]);
    },
  },
  "has a lookback one too short": { lookback: () => 1 },
  "has a state one slot too small": { stateSize: () => 0 },
  "forgets to put a slot back": {
    fill([x], [out], state, from, to) {
      let count = state[0];
      for (let i = from; i < to; i++) out[i] = x[i] + count++;
    },
  },
  "begins anew with every chunk": {
    fill([x], [out], _, from, to) {
      for (let i = from, sum = 0; i < to; i++) out[i] = sum += x[i];
    },
  },
  "reads its own earlier output": {
    fill([x], [out], _, from, to) {
      for (let i = from; i < to; i++) out[i] = (i > from + 1 ? out[i - 1] : 0) * 0.5 + x[i];
    },
  },
  "counts rows by their place in the buffer": {
    fill([x], [out], _, from, to) {
      for (let i = from; i < to; i++) out[i] = x[i] + i;
    },
  },
  "leaves the last row of a chunk out": {
    fill([x], [out], _, from, to) {
      for (let i = from; i < to - 1; i++) out[i] = x[i];
    },
  },
  "writes past the chunk": {
    fill([x], [out], _, from, to) {
      for (let i = from; i <= to; i++) out[i] = x[i];
    },
  },
  "changes its input": {
    fill([x], [out], _, from, to) {
      for (let i = from; i < to; i++) out[i] = x[i] = x[i] + 1;
    },
  },
  "gives -0": {
    fill([x], [out], _, from, to) {
      for (let i = from; i < to; i++) out[i] = x[i] > 0 ? -0 : x[i];
    },
  },
};

Deno.test("The kernel check accepts a kernel that keeps the law", () => {
  assertKernelLaw(sumOfThree(), {}, ROWS);
});

for (const [what, broken] of Object.entries(BROKEN)) {
  Deno.test(`The kernel check refuses a kernel that ${what}`, () => {
    assert.throws(() => assertKernelLaw(sumOfThree(broken), {}, ROWS), assert.AssertionError);
  });
}

Deno.test("The kernel check refuses a kernel that remembers outside of its state", () => {
  let last = 0;
  const secretive = sumOfThree({
    fill([x], [out], _, from, to) {
      for (let i = from; i < to; i++) {
        out[i] = x[i] + last;
        last = x[i];
      }
    },
  });
  assert.throws(() => assertKernelLaw(secretive, {}, ROWS), assert.AssertionError);
});

Deno.test("The kernel check refuses our own sma with one slot less, or one row of lookback less", () => {
  const args = { window: 5 }, prices = kernelRows(["number"], CANDLES, "prices");
  assertKernelLaw(smaOperator, args, prices);
  const short = { ...smaOperator, lookback: () => 4 };
  assert.throws(() => assertKernelLaw(short, args, prices), assert.AssertionError);
  const small = { ...smaOperator, stateSize: () => 2 };
  assert.throws(() => assertKernelLaw(small, args, ROWS), assert.AssertionError);
});

const EXPRESSIONS = {
  average: sma(close, 5),
  smooth: ema(close, 9),
  hourly: on("1h", high.over(volume)),
};

/** A plan that forgets one of the doubles that it should remember. */
class ForgetfulPlan extends Plan {
  constructor(options: ConstructorParameters<typeof Plan>[1], private readonly slot: number) {
    super(EXPRESSIONS, options);
  }
  override save(target: Float64Array, at = 0): void {
    super.save(target, at);
    target[at + this.slot] = 0;
  }
}

/** A plan that is given one row more than it is said to be. */
class PeekingPlan extends Plan {
  override advance(candles: CandleColumns, from: number, to: number): void {
    const next = { ...candles, close: candles.close.slice() };
    for (let i = from; i < to; i++) next.close[i] = candles.close[i + 1] ?? candles.close[i];
    super.advance(next, from, to);
  }
}

const planCheck = (candles: Candles, make?: Parameters<typeof planMachine>[3]) => {
  const { timeframe, decimals, length } = candles;
  assertChunkLaw(planMachine(EXPRESSIONS, { timeframe, decimals }, length, make), candles);
};

Deno.test("The plan check refuses a plan that peeks, or forgets any one slot of its state", () => {
  planCheck(CANDLES);
  assert.throws(() => planCheck(CANDLES, (o) => new PeekingPlan(EXPRESSIONS, o)));
  const slots = { sum: 0, rows: 1, label: 3, high: 5, volume: 8, seen: 13, average: 14 };
  for (const [name, slot] of Object.entries(slots)) {
    assert.throws(
      () => planCheck(CANDLES, (o) => new ForgetfulPlan(o, slot)),
      assert.AssertionError,
      name,
    );
  }
});

Deno.test("The run check refuses a run that forgets its account's cash", () => {
  const { timeframe, decimals, length } = CANDLES;
  const spec = {
    strategy: emaCross,
    parameters: { fast: 3, slow: 8 },
    account: { ...DEFAULT_ACCOUNT, shorts: true },
    timeframe,
    decimals,
  };
  class ForgetfulRun extends Run {
    override save(): Uint8Array {
      const bytes = super.save();
      const cash = Object.keys(newState(1)).indexOf("cash");
      new Float64Array(bytes.buffer)[2 + cash] += 1;
      return bytes;
    }
  }
  assertChunkLaw(runMachine(spec, length), CANDLES);
  assert.throws(
    () => assertChunkLaw(runMachine(spec, length, (s) => new ForgetfulRun(s)), CANDLES),
    assert.AssertionError,
  );
});
