import fc from "fast-check";
import { CATALOGUE } from "../../engine/series/catalogue.ts";
import {
  CANDLE,
  Condition,
  type Expression,
  Numeric,
  type Operand,
  param,
  type ValueType,
} from "../../engine/series/expression.ts";
import type { ArgumentRule, Operator } from "../../engine/series/operator.ts";
import { choose } from "../../engine/series/operators/conditions/choose.ts";
import { instrument } from "../../engine/series/operators/candles/instrument.ts";
import { on } from "../../engine/series/operators/candles/on.ts";
import type { ParameterValues } from "../../engine/series/scalars.ts";
import { choice, number, type Parameters, whole } from "../../engine/strategy/parameters.ts";
import { stopDistances } from "../../engine/strategy/stop_values.ts";
import { type Strategy, strategy } from "../../engine/strategy/strategy.ts";

import { OTHER } from "./made_candles.ts";

/** A strategy made by chance, and values for its parameters. */
export interface RandomStrategy {
  strategy: Strategy;
  values: ParameterValues;
}

/** One operator of a random graph: which, on what, and how. All numbers are taken modulo. */
type Step = readonly [operator: number, a: number, b: number, c: number, argument: number];

const PARAMETERS = {
  short: whole(3, { min: 1, max: 12 }),
  long: whole(20, { min: 13, max: 40 }),
  level: number(0.5, { min: -2, max: 2 }),
  source: choice("typical", ["typical", "last"]),
} satisfies Parameters;

/** The largest window that the parameters make. */
const LARGEST = 42;

const TIMEFRAMES = ["5m", "15m", "1h"] as const;

/** The deepest that clocks stand inside clocks, so that what warms up does so within the rows. */
const MOST_CLOCKS = 1;

/**
 * Random strategies over the whole catalogue: each step takes one of the newest nodes and others, so
 * that graphs are deep and share nodes; arguments are numbers, parameters or sums of both.
 */
export const randomStrategies: fc.Arbitrary<RandomStrategy> = fc.record({
  steps: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat(), fc.nat()), {
    minLength: 8,
    maxLength: 16,
  }),
  values: fc.record({
    short: fc.integer({ min: 1, max: 12 }),
    long: fc.integer({ min: 13, max: 40 }),
    level: fc.integer({ min: -20, max: 20 }).map((tenths) => tenths / 10),
    source: fc.constantFrom("typical", "last"),
  }),
}).map(({ steps, values }) => ({ strategy: grow(steps), values: { ...values } }));

function grow(steps: readonly Step[]): Strategy {
  // Not while it is built: of what is made then, all conditions have to be read.
  const graph = new Graph({
    ...{ short: param("short"), long: param("long") },
    ...{ level: param("level"), source: param("source") },
  });
  for (const step of steps) graph.add(step);
  return strategy("random", PARAMETERS, {
    where: ({ short, long }) => short.below(long),
    build: () => graph.built(steps[0][3] % 256),
  });
}

class Graph {
  private readonly numbers: Numeric[];
  private readonly conditions: Condition[];
  private readonly source: Numeric;
  private readonly clocks = new Map<Expression, number>();

  constructor(private readonly parameters: Readonly<Record<keyof typeof PARAMETERS, Numeric>>) {
    const { open, high, low, close, volume } = CANDLE;
    const typical = high.plus(low).plus(close).over(3);
    this.source = choose(parameters.source, { typical, last: close });
    this.numbers = [open, volume, high.minus(low), this.source, close];
    this.conditions = [close.above(open), close.atLeast(this.source)];
  }

  add([which, ...choices]: Step): void {
    const entry = CATALOGUE[which % CATALOGUE.length], op = entry.name;
    const [indicator, operator] = entry.kind === "adapter"
      ? [...entry.members][choices[3] % entry.members.size]
      : [undefined, entry];
    if (operator.kind === "chosen") return this.add([which + 1, ...choices]);
    if (operator.kind === "longer") return this.show(choices);
    if (operator.kind === "elsewhere") return this.look(choices);
    const inputs = operator.inputs.map((type, i) => this.operand(type, i, choices[i]));
    const argument = choices[3], rules = Object.entries(operator.args);
    const args = Object.fromEntries(rules.map(([name, rule], i) => {
      return [name, name === "indicator" ? indicator! : this.argument(rule, argument + i)];
    }));
    const [output, type] = outputOf(operator, argument);
    this.push(type, { op, inputs, args, output });
  }

  private push(type: ValueType, parts: ConstructorParameters<typeof Numeric>[0]): void {
    const inputs = parts.inputs ?? [];
    const expression = type === "boolean" ? new Condition(parts) : new Numeric(parts);
    this.clocks.set(expression, Math.max(0, ...inputs.map((input) => this.depthOf(input))));
    if (expression instanceof Condition) this.conditions.push(expression);
    else this.numbers.push(expression);
  }

  private show([a, b, , argument]: readonly number[]): void {
    const timeframe = TIMEFRAMES[argument % TIMEFRAMES.length];
    const series = a % 3 === 0 ? newest(this.conditions, b) : newest(this.numbers, b);
    if (this.depthOf(series) >= MOST_CLOCKS) return;
    const shown = series instanceof Condition ? on(timeframe, series) : on(timeframe, series);
    this.clocks.set(shown, this.depthOf(series) + 1);
    if (shown instanceof Condition) this.conditions.push(shown);
    else this.numbers.push(shown);
  }

  /** The same expression of another market, which has no other clocks. */
  private look([a, b]: readonly number[]): void {
    const series = a % 3 === 0 ? newest(this.conditions, b) : newest(this.numbers, b);
    const seen = series instanceof Condition
      ? instrument(OTHER, series)
      : instrument(OTHER, series);
    this.clocks.set(seen, this.depthOf(series));
    if (seen instanceof Condition) this.conditions.push(seen);
    else this.numbers.push(seen);
  }

  private depthOf(operand: Operand): number {
    return typeof operand === "number" ? 0 : this.clocks.get(operand) ?? 0;
  }

  /** The first input is a new node; the others are any, a parameter or a constant. */
  private operand(type: ValueType, i: number, choice: number): Operand {
    if (type === "boolean") return newest(this.conditions, choice);
    if (i === 0) return newest(this.numbers, choice);
    if (choice % 7 === 0) return this.parameters.level;
    if (choice % 7 === 1) return (choice % 1_000) / 10 - 20;
    return this.numbers[choice % this.numbers.length];
  }

  private argument(rule: ArgumentRule, choice: number): number | Numeric {
    if (typeof rule === "string") throw new Error("only on and choose take texts");
    const { short, long } = this.parameters, kind = choice % 5;
    if (!rule.whole) {
      return kind === 0 ? rule.min : Math.min(rule.max, rule.min + (choice % 30) / 10);
    }
    if (rule.max < LARGEST) return rule.min + choice % (1 + rule.max - rule.min);
    // No parameter is less than 1.
    const brief = rule.min > 1 ? short.plus(rule.min - 1) : short;
    return [brief, long, brief.plus(2), rule.min, rule.min + choice % 30][kind];
  }

  /** `stopped` says by its bits which stops there are. */
  built(stopped: number) {
    const [enterLong, exitLong, enterShort] = this.conditions.slice(-3).reverse();
    const [first, second, third] = this.numbers.slice(-3).reverse();
    const { source: _, ...scalars } = this.parameters;
    // Every parameter has to be used, whatever the steps took.
    const series = { first, second, third, source: this.source, ...scalars };
    const stops = {
      stopLoss: this.source.times(0.001),
      takeProfit: second.minus(first),
      trailingStop: CANDLE.high.minus(CANDLE.low).plus(0.05),
      breakEven: 0.002,
      timeStop: scalars.short,
      limitEntry: CANDLE.high.minus(CANDLE.low).over(4),
      firstTarget: third.minus(second),
      reducePart: 0.25,
    };
    // Some without stops, some whose entries are refused where a stop is unknown.
    const kept = Object.entries(stops).filter((_, i) => stopped >> i & 1);
    const reduceLong = this.conditions.at(-4);
    return { enterLong, exitLong, enterShort, reduceLong, series, ...Object.fromEntries(kept) };
  }
}

/** One of the three newest. */
function newest<T>(nodes: readonly T[], choice: number): T {
  return nodes[nodes.length - 1 - choice % 3] ?? nodes.at(-1)!;
}

function outputOf({ output }: Operator, choice: number): [string | undefined, ValueType] {
  if (typeof output === "string") return [undefined, output];
  const outputs = Object.entries(output);
  return outputs[choice % outputs.length];
}

/** How many operators lie between an expression and the candles. */
export function depthOf(expression: Operand): number {
  if (typeof expression === "number" || expression.inputs.length === 0) return 0;
  return 1 + Math.max(...expression.inputs.map(depthOf));
}

/** Everything that a strategy computes, by name. */
export function expressionsOf({ signals, stops, series }: Strategy): Record<string, Expression> {
  const named = Object.entries({ ...series, ...stopDistances(stops), ...signals });
  return Object.fromEntries(named.filter(([, expression]) => expression)) as Record<
    string,
    Expression
  >;
}
