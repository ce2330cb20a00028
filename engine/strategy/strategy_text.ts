import { type SignalName, SIGNALS } from "../account/signals.ts";
import { formulaText, nodeText, scalarText } from "../series/formula_text.ts";
import { CANDLE } from "../series/expression.ts";
import type { InputJson } from "../series/graph_json.ts";
import type { Parameter } from "./parameters.ts";
import type { Strategy } from "./strategy.ts";
import { type RiskJson, type StrategyJson, writeRisk, writeStrategy } from "./strategy_json.ts";

/**
 * A strategy as a person reads it: its parameters with what they may be, its series and when it
 * enters and leaves.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { crossesAbove } from "../series/operators/events/crosses.ts";
 * import { sma } from "../series/operators/averages/sma.ts";
 * import { whole } from "./parameters.ts";
 * import { strategy } from "./strategy.ts";
 *
 * const riser = strategy("riser", { window: whole(10) }, {
 *   build: ({ window }, { close }) => ({ enterLong: crossesAbove(close, sma(close, window)) }),
 * });
 * assert.equal(
 *   strategyText(riser),
 *   "riser\n" +
 *     "  window     10 (whole, 1 to 1000)\n" +
 *     "  enterLong  when crossesAbove(close, sma(close, window))",
 * );
 * ```
 */
export function strategyText(strategy: Strategy): string {
  const json = writeStrategy(strategy), { graph, parameters, where, series, signals } = json;
  const risk = writeRisk(strategy), shared = sharedNodes(json, risk);
  const isNamed = (name: string) => Object.hasOwn(series, name) || shared.includes(name);
  const node = (name: string) => `= ${nodeText(graph[name], graph, isNamed)}`;
  const text = (input: InputJson) => formulaText(input, graph, isNamed);
  const lines: Line[] = [
    ...lineEach(parameters, rangeText),
    ...(where === undefined ? [] : [["where", scalarText(where)] as const]),
    ...shared.map((name) => [name, node(name)] as const),
    ...lineEach(series, (it, name) => isRef(it, name) ? node(name) : `= ${text(it)}`),
    ...lineEach(signals, (it, name) => `${verb(name)} ${text(it!)}`),
    ...lineEach(risk, (it) => isSeries(it!) ? `= ${text(it!)}` : scalarText(it!)),
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return [json.name, ...lines.map(([name, it]) => `  ${name.padEnd(width)}  ${it}`)].join("\n");
}

/** Conditions fire, numbers are. */
function verb(name: string): string {
  return SIGNALS[name as SignalName].type === "boolean" ? "when" : "=";
}

type Line = readonly [name: string, text: string];

function lineEach<T>(named: Record<string, T>, text: (it: T, name: string) => string): Line[] {
  return Object.entries(named).map(([name, it]) => [name, text(it, name)]);
}

function isRef(input: InputJson, name: string): boolean {
  return typeof input === "object" && "ref" in input && input.ref === name && !isCandle(name);
}

function isSeries(input: InputJson): input is { ref: string } {
  return typeof input === "object" && "ref" in input;
}

function isCandle(name: string): boolean {
  return Object.hasOwn(CANDLE, name);
}

/** Nodes without a name of their own that are read more than once: written out, a graph would grow. */
function sharedNodes({ graph, series, signals }: StrategyJson, risk: RiskJson): string[] {
  const inputs = [
    ...Object.values(graph).flatMap((node) => node.inputs),
    ...Object.values(signals),
    ...Object.values(risk),
  ];
  const refs = inputs.flatMap((it) => typeof it === "object" && "ref" in it ? [it.ref] : []);
  const times = (name: string) => refs.filter((ref) => ref === name).length;
  return Object.keys(graph).filter((name) => !Object.hasOwn(series, name) && times(name) > 1);
}

function rangeText(parameter: Parameter): string {
  const { type } = parameter;
  if (type === "choice") return `${parameter.default} (${parameter.options.join(", ")})`;
  const { default: value, min, max } = parameter;
  return `${value} (${type === "whole" ? "whole, " : ""}${min} to ${max})`;
}
