import { InputError } from "../market/errors.ts";
import { findOperator } from "./catalogue.ts";
import { type Argument, CANDLE, Expression, type Operand } from "./expression.ts";
import type { GraphJson, InputJson, NodeJson, ScalarJson } from "./graph_json.ts";

/** A graph, and where in it each of the named expressions is, by group. */
export interface WrittenGraph {
  graph: GraphJson;
  refs: Record<string, InputJson>[];
}

/**
 * Writes groups of named expressions as a plain JSON graph. A named expression is a node of that name
 * (of the first one, if it has several); the others are called after their operator. Equal
 * expressions become one node, and the order in which names were given changes nothing.
 */
export function writeGraph(...groups: Readonly<Record<string, Expression>>[]): WrittenGraph {
  const writer = new GraphWriter(), sorted = groups.map(byName);
  for (const group of sorted) for (const [name, expression] of group) writer.name(name, expression);
  const refs = sorted.map((group) =>
    Object.fromEntries(group.map(([name, expression]) => [name, writer.input(expression)]))
  );
  return { graph: writer.graph, refs };
}

/** Names and values, in the order of the names. */
export function byName<T>(named: Readonly<Record<string, T>>): [name: string, value: T][] {
  return Object.entries(named).sort(([a], [b]) => a < b ? -1 : 1);
}

class GraphWriter {
  readonly graph: GraphJson = {};
  private readonly numbers = new Map<Expression, number>();
  /** Equal expressions have one number. */
  private readonly byContent = new Map<string, number>();
  private readonly names = new Map<number, string>();
  private readonly taken = new Set<string>(Object.keys(CANDLE));

  name(name: string, expression: Expression): void {
    if (!isNode(expression)) return;
    if (Object.hasOwn(CANDLE, name)) {
      throw new InputError(`A series cannot be called "${name}": that is a candle column`);
    }
    const number = this.number(expression);
    if (this.names.has(number) || this.taken.has(name)) return;
    this.names.set(number, name);
    this.taken.add(name);
  }

  input(operand: Operand): InputJson {
    if (!isNode(operand)) return leafJson(operand);
    const number = this.number(operand);
    const name = this.names.get(number) ?? this.freeName(operand.op);
    this.names.set(number, name);
    if (!Object.hasOwn(this.graph, name)) {
      this.graph[name] = nodeJson(operand, (input) => this.input(input));
    }
    return { ref: name };
  }

  private number(expression: Expression): number {
    let number = this.numbers.get(expression);
    if (number !== undefined) return number;
    const numbered = (input: Operand) =>
      isNode(input) ? { ref: `${this.number(input)}` } : leafJson(input);
    const content = JSON.stringify(nodeJson(expression, numbered));
    number = this.byContent.get(content) ?? this.byContent.size;
    this.byContent.set(content, number);
    this.numbers.set(expression, number);
    return number;
  }

  private freeName(op: string): string {
    for (let n = 1;; n++) {
      const name = `${op}_${n}`;
      if (this.taken.has(name)) continue;
      this.taken.add(name);
      return name;
    }
  }
}

/** Whether it is written as a node: candle columns and scalars are not. */
function isNode(operand: Operand): operand is Expression {
  return typeof operand === "object" && operand.sort === "column" && operand.op !== "candle";
}

function leafJson(operand: Operand): InputJson {
  return typeof operand === "object" && operand.op === "candle"
    ? { ref: String(operand.args.field) }
    : scalarJson(operand);
}

function nodeJson(
  { op, inputs, args, output }: Expression,
  inputJson: (input: Operand) => InputJson,
): NodeJson {
  const operator = findOperator(op, args);
  const node: NodeJson = { op, version: operator.version, inputs: inputs.map(inputJson) };
  const given = Object.keys(operator.args).filter((name) => args[name] !== undefined);
  if (given.length > 0) {
    node.args = Object.fromEntries(given.map((name) => [name, scalarJson(args[name])]));
  }
  if (output !== undefined) node.output = output;
  return node;
}

/** A scalar expression as JSON. */
export function scalarJson(argument: Argument): ScalarJson {
  if (typeof argument === "number") return numberJson(argument);
  if (typeof argument === "string") return argument;
  if (argument.op === "param") return { param: String(argument.args.name) };
  if (argument.sort !== "scalar") {
    throw new InputError(`A series (${argument.op}) changes from row to row: a scalar is needed`);
  }
  return { op: argument.op, inputs: argument.inputs.map(scalarJson) };
}

/** JSON has no NaN and no infinities: they are spelled. −0 is 0, as everywhere. */
function numberJson(value: number): number | string {
  return Number.isFinite(value) ? value + 0 : String(value);
}
