import { InputError } from "../market/errors.ts";
import { contentHash } from "../series/canonical.ts";
import { Condition, Expression } from "../series/expression.ts";
import type { GraphJson, InputJson, ScalarJson } from "../series/graph_json.ts";
import { GraphReader } from "../series/read_graph.ts";
import { scalarJson, writeGraph } from "../series/write_graph.ts";
import type { ParameterValues } from "../series/scalars.ts";
import { defaultValues, type Parameters } from "./parameters.ts";
import type { SignalSeries, StopScalars, Strategy } from "./strategy.ts";

/** A strategy as JSON: what a config file holds and a bot runs. */
export interface StrategyJson {
  name: string;
  parameters: Parameters;
  where?: ScalarJson;
  graph: GraphJson;
  signals: { [Name in keyof SignalSeries]: InputJson };
  /** The series to record with each signal and to draw. */
  series: Record<string, InputJson>;
}

/** A strategy's stops as JSON. */
export type RiskJson = { [Name in keyof StopScalars]: ScalarJson };

/** Writes a strategy's stops as JSON. */
export function writeRisk({ stops }: Strategy): RiskJson {
  const written = Object.entries(defined(stops)).map(([name, stop]) => [name, scalarJson(stop)]);
  return Object.fromEntries(written);
}

/** Writes a strategy as JSON, all but its stops. */
export function writeStrategy(strategy: Strategy): StrategyJson {
  const { graph, refs: [series, signals] } = writeGraph(
    strategy.series,
    defined(strategy.signals),
  );
  return {
    name: strategy.name,
    parameters: strategy.parameters,
    ...(strategy.where && { where: scalarJson(strategy.where) }),
    graph,
    signals,
    series,
  };
}

/**
 * Reads a strategy from JSON of the right shape. Throws an `InputError` with the JSON path of what is
 * wrong in it; `values` are the parameter values that its arguments are checked with.
 */
export function readStrategy(
  json: StrategyJson,
  risk: RiskJson,
  values?: ParameterValues,
): Strategy {
  const path = "strategy", { name, parameters } = json;
  const reader = new GraphReader(json.graph, values ?? defaultValues(parameters), `${path}.graph`);
  reader.readAll();
  const series = Object.entries(json.series).map(([name, input]) => {
    const place = `${path}.series.${name}`, operand = reader.input(input, place);
    if (operand instanceof Expression) return [name, operand];
    throw new InputError(`${place}: a number is no series: give a ref or a param`);
  });
  return {
    name,
    parameters,
    where: json.where === undefined ? undefined : readWhere(reader, json.where, `${path}.where`),
    signals: readSignals(reader, json.signals, `${path}.signals`),
    stops: readStops(reader, risk),
    series: Object.fromEntries(series),
  };
}

/** The hash by which a strategy is known: of its canonical JSON, parameter values not included. */
export function strategyHash(strategy: Strategy): string {
  return contentHash({ strategy: writeStrategy(strategy), risk: writeRisk(strategy) });
}

function readSignals(reader: GraphReader, json: StrategyJson["signals"], path: string) {
  const signals = Object.entries(json).map(([name, input]) => {
    const type = name === "confidence" ? "number" : "boolean";
    return [name, reader.typed(input!, type, `${path}.${name}`)];
  });
  return Object.fromEntries(signals) as SignalSeries;
}

function readStops(reader: GraphReader, risk: RiskJson) {
  const stops = Object.entries(risk).map(([name, scalar]) => [
    name,
    reader.scalar(scalar, `risk.${name}`),
  ]);
  return Object.fromEntries(stops) as StopScalars;
}

function readWhere(reader: GraphReader, json: ScalarJson, path: string): Condition {
  const where = reader.scalar(json, path);
  if (where instanceof Condition) return where;
  throw new InputError(`${path}: a number, but a comparison is needed`);
}

function defined<T extends object>(parts: T): { [K in keyof T]-?: NonNullable<T[K]> } {
  const entries = Object.entries(parts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]-?: NonNullable<T[K]> };
}
