import { Candles } from "../../market/candles.ts";
import { CATALOGUE } from "../../series/catalogue.ts";
import { outputNames } from "../../series/check_arity.ts";
import {
  CANDLE,
  Condition,
  type Expression,
  Numeric,
  type ValueType,
} from "../../series/expression.ts";
import type { ArgumentRule, Operator } from "../../series/operator.ts";
import { Plan } from "../../series/plan.ts";
import texts from "./texts.json" with { type: "json" };
import type { OperatorText } from "./read_texts.ts";

/** An operator of the catalogue, as a person wants to know it. */
export interface OperatorDescription extends OperatorText {
  name: string;
  version: number;
  /** `kernel` has a loop of its own, `composite` is a formula over others. */
  kind: string;
  inputs: readonly ValueType[];
  /** What each parameter may be. */
  parameters: Record<string, string>;
  /** The names of its outputs, or the type of its only one. */
  outputs: readonly string[];
  /** The first row that is known, with its parameters as called, or 20 where they have to be given; null where that depends on the data. */
  firstKnown: number | null;
  /** Rows after which what came before counts for less than a billionth; null where it depends on all since the run began. */
  memory: number | null;
  note?: string;
}

/** Operators that are not called with numbers alone, and what stands for others. */
const OTHERWISE = new Set(["on", "instrument", "choose"]);

/** The whole catalogue, by family and call. */
export function describeOperators(): OperatorDescription[] {
  const operators = CATALOGUE.filter((entry): entry is Operator => entry.kind !== "adapter");
  return operators.map(describe).toSorted((a, b) =>
    a.family.localeCompare(b.family) || a.call.localeCompare(b.call, "en")
  );
}

function describe(operator: Operator): OperatorDescription {
  const { name, version, kind, inputs, output, args, note } = operator;
  const text = (texts as Record<string, OperatorText>)[name];
  const names = outputNames(operator);
  return {
    name,
    version,
    kind,
    ...text,
    inputs,
    parameters: Object.fromEntries(
      Object.entries(args).map(([arg, rule]) => [arg, ruleText(rule)]),
    ),
    outputs: names[0] === "" ? [String(output)] : names,
    ...OTHERWISE.has(name) ? { firstKnown: null, memory: null } : measured(operator, text.call),
    ...note !== undefined && { note },
  };
}

function ruleText(rule: ArgumentRule): string {
  if (typeof rule === "string") return rule;
  return `${rule.whole ? "whole, " : ""}${rule.min} to ${rule.max}`;
}

const ROWS = 400;

/** A market that moves up and down and always trades. */
const MADE = (() => {
  let price = 10_000, noise = 1;
  const rows = Array.from({ length: ROWS }, (_, i) => {
    noise = (noise * 48_271) % 2_147_483_647;
    const open = price, close = price += noise % 41 - 20;
    const [high, low] = [Math.max(open, close) + noise % 7, Math.min(open, close) - noise % 5];
    const [o, h, l, c] = [open, high, low, close].map((tick) => tick / 100);
    return {
      time: (i + 1) * 60_000,
      ...{ open: o, high: h, low: l, close: c, volume: 1 + noise % 9, trades: 1 },
      kind: "traded" as const,
    };
  });
  return Candles.fromRows("1m", rows, 2);
})();

/** When an operator is first known and how long it remembers, by running it with the arguments of its call. */
function measured(operator: Operator, call: string) {
  const args = usualArguments(operator, call), { close, open } = CANDLE;
  const { firsts, memory } = run(outputsOf(operator, args, close.above(open)));
  // What waits for a condition is not known as long as that never holds.
  const waits = run(outputsOf(operator, args, close.below(0))).firsts.includes(-1);
  return {
    firstKnown: waits || firsts.includes(-1) ? null : Math.max(...firsts),
    memory: Number.isFinite(memory) ? memory : null,
  };
}

/** The arguments that stand in an operator's call, and 20 for the others. */
export function usualArguments({ args }: Operator, call: string): Record<string, number> {
  const given = Object.entries(args).map(([arg, rule]) => {
    const value = new RegExp(`\\b${arg}(?: =|:) ([\\d.]+)`).exec(call)?.[1];
    return [arg, value === undefined ? within(rule) : Number(value)];
  });
  return Object.fromEntries(given);
}

function run(expressions: Record<string, Expression>): { firsts: number[]; memory: number } {
  const plan = new Plan(expressions, { timeframe: "1m", decimals: 2, chunk: ROWS });
  plan.advance(MADE, 0, ROWS);
  const names = Object.keys(expressions);
  return {
    firsts: names.map((name) => plan.read(name).findIndex((x) => x === x)),
    memory: Math.max(...names.map((name) => plan.warmUp.get(name)!)),
  };
}

/** 20, or what is nearest to that. */
function within(rule: ArgumentRule): number {
  return typeof rule === "object" ? Math.min(rule.max, Math.max(rule.min, 20)) : 20;
}

/** The outputs of an operator over candles. */
export function outputsOf(
  operator: Operator,
  args: Record<string, number>,
  condition: Condition,
): Record<string, Expression> {
  const { high, low, close, volume, open } = CANDLE;
  const columns = operator.inputs.length === 1 ? [close] : [high, low, close, volume, open];
  const inputs = operator.inputs.map((type, i) => type === "boolean" ? condition : columns[i]);
  const outputs = typeof operator.output === "string"
    ? [[undefined, operator.output] as const]
    : Object.entries(operator.output);
  return Object.fromEntries(outputs.map(([output, type]) => {
    const parts = { op: operator.name, inputs, args, output };
    return [
      output ?? operator.name,
      type === "boolean" ? new Condition(parts) : new Numeric(parts),
    ];
  }));
}
