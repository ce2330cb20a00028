import { type Random, seededRandom } from "../../data/random.ts";
import {
  Condition,
  type Expression,
  Numeric,
  type Operand,
} from "../../engine/series/expression.ts";
import type { ArgumentRule, NumberRule, Operator, Values } from "../../engine/series/operator.ts";
import type { ValueType } from "../../engine/series/expression.ts";
import type { Candles } from "../../engine/market/candles.ts";
import { OTHER } from "./made_candles.ts";
import type { KernelRows } from "./kernel_law.ts";

/** Values for an argument: the ends of what is allowed, and some in between. */
function valuesOf({ whole, min, max }: NumberRule, random: Random): number[] {
  const between = (most: number) => min + random() * (Math.min(max, most) - min);
  const values = [min, min + 1, between(8), between(60), between(1_500)];
  return values.map((value) => Math.min(max, whole ? Math.floor(value) : value));
}

/** Sets of arguments for an operator, made from the rules that its arguments keep. */
export function argumentCases(operator: Operator, seed = 1): Values[] {
  const random = seededRandom(seed), names = Object.keys(operator.args);
  if (names.length === 0) return [{}];
  const values = names.map((name) => valuesOf(numberRule(operator.args[name]), random));
  return values[0].map((_, n) =>
    Object.fromEntries(names.map((name, i) => [name, values[i][(n + i) % values[i].length]]))
  );
}

function numberRule(rule: ArgumentRule): NumberRule {
  if (typeof rule === "string") {
    throw new Error("a kernel's arguments are numbers: it gets no others");
  }
  return rule;
}

/**
 * Rows for a kernel: candle prices, or computed numbers with everything that a computed column can
 * hold: unknown stretches, ties, zeros, negatives, great and small numbers, infinities.
 */
export function kernelRows(
  types: readonly ValueType[],
  candles: Candles,
  sort: "prices" | "computed" | "broken",
  seed = 1,
): KernelRows {
  const random = seededRandom(seed), { length, time } = candles, scale = 100;
  const prices = [candles.close, candles.open, candles.high, candles.low].map((column) =>
    column.slice()
  );
  const inputs = types.map((type, i) => {
    if (type === "boolean") return truths(length, random);
    return sort === "prices" ? prices[i] : computed(length, random, sort === "broken");
  });
  const isPrice = sort === "prices" && types[0] === "number";
  const ticks = isPrice ? inputs[0].map((price) => Math.round(price * scale)) : undefined;
  return { inputs, time: time.slice(), ticks, scale };
}

function truths(length: number, random: Random): Float64Array {
  return Float64Array.from({ length }, () => [0, 1, NaN][Math.floor(random() * 3)]);
}

function computed(length: number, random: Random, broken: boolean): Float64Array {
  const column = new Float64Array(length);
  let unknown = 0, value = 0, size = 1;
  for (let i = 0; i < length; i++) {
    if (broken && random() < 0.01) unknown = Math.floor(40 * random());
    if (i % 500 === 0) size = 10 ** Math.floor(random() * 12 - 3);
    if (random() < 0.7) value = random() < 0.1 ? 0 : size * (random() - 0.4);
    column[i] = unknown-- > 0 ? NaN : broken && random() < 0.002 ? 1 / 0 : value;
  }
  return column;
}

/** What the operators with texts for arguments are called with; the rest is made from their rules. */
export const TEXTS: Readonly<Record<string, { inputs: number; args: Record<string, string> }[]>> = {
  on: ["5m", "15m", "1h", "1d"].map((timeframe) => ({ inputs: 1, args: { timeframe } })),
  instrument: [{ inputs: 1, args: { symbol: OTHER } }],
  choose: [{ inputs: 2, args: { choice: "b", options: "a b" } }],
};

/** Expressions that use an operator, over the inputs that `pick` gives, each of its outputs once. */
export function expressionsOf(
  operator: Operator,
  pick: (type: ValueType) => Expression,
  args: Values,
  texts?: typeof TEXTS[string][number],
): Record<string, Expression> {
  const types = texts ? Array<ValueType>(texts.inputs).fill("number") : operator.inputs;
  const inputs: Operand[] = types.map(pick), named: Record<string, Expression> = {};
  const outputs = typeof operator.output === "string"
    ? [[undefined, operator.output] as const]
    : Object.entries(operator.output);
  for (const [output, type] of outputs) {
    const parts = { op: operator.name, inputs, args: { ...args, ...texts?.args }, output };
    named[output ?? operator.name] = type === "boolean" ? new Condition(parts) : new Numeric(parts);
  }
  return named;
}
