import { type SignalName, SIGNALS } from "../account/signals.ts";
import { InputError } from "../market/errors.ts";
import type { Timeframe } from "../market/timeframe.ts";
import { contentHash } from "../series/canonical.ts";
import { type Condition, Expression } from "../series/expression.ts";
import type { GraphJson, InputJson, ScalarJson } from "../series/graph_json.ts";
import { at, checkType, GraphReader } from "../series/read_graph.ts";
import { scalarJson, writeGraph, type WrittenGraph } from "../series/write_graph.ts";
import { type ParameterValues, scalarNumber } from "../series/scalars.ts";
import { defaultValues, type Parameters } from "./parameters.ts";
import { stopDistances, type StopOperands } from "./stop_values.ts";
import { type SignalSeries, Strategy } from "./strategy.ts";

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

/** A strategy's stops as JSON; a series stands in the strategy's graph. */
export type RiskJson = { [Name in keyof StopOperands]: InputJson };

/** Writes a strategy's stops as JSON. */
export function writeRisk(strategy: Strategy): RiskJson {
  const { refs: [, , distances] } = write(strategy),
    given = Object.entries(defined(strategy.stops));
  const written = given.map(([name, stop]) => [name, distances[name] ?? scalarJson(stop)]);
  return Object.fromEntries(written);
}

/** Writes a strategy as JSON, all but its stops. */
export function writeStrategy(strategy: Strategy): StrategyJson {
  const { graph, refs: [series, signals] } = write(strategy);
  return {
    name: strategy.name,
    parameters: strategy.parameters,
    ...(strategy.where && { where: scalarJson(strategy.where) }),
    graph,
    signals,
    series,
  };
}

function write({ series, signals, stops }: Strategy): WrittenGraph {
  return writeGraph(series, defined(signals), defined(stopDistances(stops)));
}

/** What a strategy's JSON is checked with. */
export interface ReadOptions {
  values?: ParameterValues;
  timeframe?: Timeframe;
}

/**
 * Reads a strategy from JSON of the right shape. Throws an `InputError` with the JSON path of what is
 * wrong in it. Its arguments are checked with `values`, by default those of the parameters; its
 * clocks with the `timeframe` that it is to run on, if that is given.
 */
export function readStrategy(
  json: StrategyJson,
  risk: RiskJson,
  { values = defaultValues(json.parameters), timeframe }: ReadOptions = {},
): Strategy {
  const path = "strategy", { name, parameters } = json;
  const reader = new GraphReader(json.graph, values, `${path}.graph`);
  reader.readAll();
  if (timeframe) reader.compile(timeframe);
  const series = Object.entries(json.series).map(([name, input]) => {
    const place = `${path}.series.${name}`, operand = reader.input(input, place);
    if (operand instanceof Expression) return [name, operand];
    throw new InputError(`${place}: a number is no series: give a ref or a param`);
  });
  return new Strategy({
    name,
    parameters,
    where: json.where === undefined
      ? undefined
      : readWhere(reader, json.where, values, `${path}.where`),
    signals: readSignals(reader, json.signals, `${path}.signals`),
    stops: readStops(reader, risk),
    series: Object.fromEntries(series),
  });
}

/** The hash by which a strategy is known: of its canonical JSON, parameter values not included. */
export function strategyHash(strategy: Strategy): string {
  return contentHash({ strategy: writeStrategy(strategy), risk: writeRisk(strategy) });
}

function readSignals(reader: GraphReader, json: StrategyJson["signals"], path: string) {
  const signals = Object.entries(json).map(([name, input]) => {
    const { type } = SIGNALS[name as SignalName];
    return [name, reader.typed(input!, type, `${path}.${name}`)];
  });
  return Object.fromEntries(signals) as SignalSeries;
}

function readStops(reader: GraphReader, risk: RiskJson) {
  const stops = Object.entries(risk).map(([name, json]) => {
    const place = `risk.${name}`;
    return [name, reader.typed(json!, "number", place)];
  });
  return Object.fromEntries(stops) as StopOperands;
}

function readWhere(
  reader: GraphReader,
  json: ScalarJson,
  values: ParameterValues,
  path: string,
): Condition {
  const where = checkType(reader.scalar(json, path), "boolean", path) as Condition;
  at(path, () => scalarNumber(where, values, where.op));
  return where;
}

function defined<T extends object>(parts: T): { [K in keyof T]-?: NonNullable<T[K]> } {
  const entries = Object.entries(parts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]-?: NonNullable<T[K]> };
}
