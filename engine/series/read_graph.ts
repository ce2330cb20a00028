import { InputError } from "../market/errors.ts";
import type { Timeframe } from "../market/timeframe.ts";
import { findMember } from "./adapter.ts";
import { checkArgument } from "./argument_rules.ts";
import { findEntry } from "./catalogue.ts";
import { outputNames } from "./check_arity.ts";
import { Compiler } from "./compile.ts";
import {
  CANDLE,
  Condition,
  type Expression,
  type ExpressionParts,
  Numeric,
  type Operand,
  param,
  type ValueType,
} from "./expression.ts";
import { didYouMean } from "../market/did_you_mean.ts";
import type { GraphJson, InputJson, NodeJson, ScalarJson } from "./graph_json.ts";
import { checkSize, isTooLarge } from "./check_size.ts";
import { keepsType, type Operator } from "./operator.ts";
import { argumentValues, type ParameterValues } from "./scalars.ts";

/** The longest chain of nodes that build on each other: more would exhaust the stack. */
const DEEPEST = 250;

/**
 * Reads a JSON graph back into expressions. Every mistake is an `InputError` with the JSON path at
 * which it is, what was found and what is allowed. `parameters` are values to check arguments with.
 */
export class GraphReader {
  private readonly read = new Map<string, Expression>();
  private readonly reading: string[] = [];

  constructor(
    private readonly graph: GraphJson,
    private readonly parameters: ParameterValues,
    private readonly path: string,
  ) {}

  /** Every node, so that one that nothing uses is checked too. */
  readAll(): void {
    for (const name of Object.keys(this.graph)) this.ref(name, `${this.path}.${name}`);
  }

  /** Finds what only shows on candles of `timeframe` and with the parameters' values, its size too. */
  compile(timeframe: Timeframe): void {
    const all = new Compiler(timeframe, this.parameters);
    for (const [name, expression] of this.read) {
      at(`${this.path}.${name}`, () => all.slot(expression));
    }
    if (isTooLarge(all.program)) this.findTooLarge(timeframe);
  }

  /** Throws an `InputError` that names the node with which the graph becomes too large. */
  private findTooLarge(timeframe: Timeframe): void {
    const compiler = new Compiler(timeframe, this.parameters);
    for (const [name, expression] of this.read) {
      compiler.slot(expression);
      at(`${this.path}.${name}`, () => checkSize(compiler.program));
    }
  }

  /** What an input stands for; `path` is where it is written. */
  input(input: InputJson, path: string): Operand {
    return typeof input === "object" && "ref" in input
      ? this.ref(input.ref, `${path}.ref`)
      : this.scalar(input, path);
  }

  /** As `input`, of the type that is needed there; a number stands for a column of it. */
  typed(input: InputJson, type: ValueType, path: string): Operand {
    return checkType(this.input(input, path), type, path);
  }

  /** A scalar: arithmetic on numbers and parameters. */
  scalar(json: ScalarJson, path: string): number | Numeric | Condition {
    if (typeof json === "number") return json;
    if (typeof json === "string") return spelledNumber(json, path);
    if ("param" in json) return this.parameter(json.param, path);
    const operator = operatorAt(json.op, {}, path);
    if (!worksOnScalars(operator)) {
      throw new InputError(`${path}.op: ${json.op} needs a series, but this is a scalar`);
    }
    checkCount(operator, json.inputs.length, path);
    const inputs = json.inputs.map((input, i) => {
      const place = `${path}.inputs[${i}]`;
      return checkType(this.scalar(input, place), operator.inputs[i], place);
    });
    return expressionOf(operator, { op: json.op, inputs, sort: "scalar" });
  }

  private parameter(name: string, path: string): Numeric {
    if (Object.hasOwn(this.parameters, name)) return param(name);
    const known = Object.keys(this.parameters);
    throw new InputError(`${path}.param: unknown parameter "${name}"${didYouMean(name, known)}`);
  }

  private ref(name: string, path: string): Expression {
    if (Object.hasOwn(CANDLE, name)) return CANDLE[name as keyof typeof CANDLE];
    const known = this.read.get(name);
    if (known) return known;
    if (!Object.hasOwn(this.graph, name)) {
      const names = [...Object.keys(this.graph), ...Object.keys(CANDLE)];
      throw new InputError(`${path}: no series is called "${name}"${didYouMean(name, names)}`);
    }
    if (this.reading.includes(name)) {
      const cycle = [...this.reading.slice(this.reading.indexOf(name)), name].join(" → ");
      throw new InputError(`${path}: series depend on each other in a circle: ${cycle}`);
    }
    if (this.reading.length === DEEPEST) {
      throw new InputError(`${path}: more than ${DEEPEST} series that build on each other`);
    }
    this.reading.push(name);
    const expression = this.node(this.graph[name], `${this.path}.${name}`);
    this.reading.pop();
    this.read.set(name, expression);
    return expression;
  }

  private node(node: NodeJson, path: string): Expression {
    const operator = operatorAt(node.op, node.args, path);
    if (node.version !== operator.version) {
      throw new InputError(
        `${path}.version: written for version ${node.version} of ${node.op}, but this is version ` +
          `${operator.version}, with other numbers: research it again and promote it anew`,
      );
    }
    checkCount(operator, node.inputs.length, path);
    const inputs = node.inputs.map((input, i) => {
      const place = `${path}.inputs[${i}]`;
      if (keepsType(operator)) return this.input(input, place);
      return this.typed(input, operator.inputs[i] ?? "number", place);
    });
    const args = this.args(operator, node.args ?? {}, `${path}.args`);
    const output = outputAt(operator, node.output, `${path}.output`);
    return at(path, () => expressionOf(operator, { op: node.op, inputs, args, output }));
  }

  private args(operator: Operator, json: Record<string, ScalarJson>, path: string) {
    const args = Object.entries(json).map(([name, value]) => {
      const place = `${path}.${name}`;
      at(place, () => checkArgument(operator, name));
      const isText = typeof operator.args[name] === "string" && typeof value === "string";
      return [name, isText ? value : checkType(this.scalar(value, place), "number", place)];
    });
    const found = Object.fromEntries(args);
    at(path, () => argumentValues(operator, found, this.parameters));
    return found;
  }
}

function expressionOf(operator: Operator, parts: ExpressionParts): Numeric | Condition {
  const first = parts.inputs?.[0];
  const type = keepsType(operator) && typeof first === "object"
    ? first.type
    : typeof operator.output === "string"
    ? operator.output
    : operator.output[parts.output!];
  return type === "boolean" ? new Condition(parts) : new Numeric(parts);
}

/** Whether it can be computed from numbers alone: one row gives one, and it remembers none. */
function worksOnScalars(operator: Operator): boolean {
  return operator.kind === "kernel" && Object.keys(operator.args).length === 0 &&
    operator.stateSize({}) === 0 && operator.lookback({}) === 0;
}

/** Refuses an operand of another type than is needed at `path`. */
export function checkType<T extends Operand>(operand: T, type: ValueType, path: string): T {
  const found = typeof operand === "number" ? "number" : operand.type;
  if (found === type) return operand;
  throw new InputError(`${path}: a ${found} is found, but a ${type} is needed here`);
}

/** A number that JSON cannot hold, as `scalarJson` spells it. */
function spelledNumber(text: string, path: string): number {
  if (["NaN", "Infinity", "-Infinity"].includes(text)) return Number(text);
  throw new InputError(`${path}: "${text}" is no number`);
}

/** The operator of a node, which an adapter's arguments name. */
function operatorAt(name: string, args: NodeJson["args"], path: string): Operator {
  const entry = at(`${path}.op`, () => findEntry(name));
  if (entry.kind !== "adapter") return entry;
  return at(`${path}.args.indicator`, () => findMember(entry, args?.indicator));
}

function outputAt(operator: Operator, output: string | undefined, path: string) {
  const names = outputNames(operator);
  if (names.includes(output ?? "")) return output;
  const allowed = names[0] === "" ? "has one output, without a name" : `has ${names.join(", ")}`;
  throw new InputError(`${path}: ${operator.name} ${allowed}, not "${output ?? ""}"`);
}

function checkCount(operator: Operator, found: number, path: string): void {
  const needed = operator.inputs.length;
  if (operator.kind === "chosen" || found === needed) return;
  throw new InputError(`${path}.inputs: ${operator.name} takes ${needed}, not ${found}`);
}

/** Runs `read`, and says where an error was found. */
export function at<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${path}: ${error.message}`);
    throw error;
  }
}
