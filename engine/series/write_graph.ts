import { InputError } from "../market/errors.ts";
import { findOperator } from "./catalogue.ts";
import { type Argument, CANDLE, Expression, type Operand } from "./expression.ts";
import type { GraphJson, InputJson, NodeJson, ScalarJson } from "./graph_json.ts";

/** A graph, and where in it each of the named expressions is. */
export interface WrittenGraph {
  graph: GraphJson;
  refs: Record<string, InputJson>;
}

/**
 * Writes expressions as a plain JSON graph. A named expression is a node of that name; the others are
 * called after their operator. Equal expressions become one node.
 */
export function writeGraph(named: Readonly<Record<string, Expression>>): WrittenGraph {
  const writer = new GraphWriter(named);
  const refs: Record<string, InputJson> = {};
  for (const [name, expression] of Object.entries(named)) refs[name] = writer.input(expression);
  return { graph: writer.graph, refs };
}

class GraphWriter {
  readonly graph: GraphJson = {};
  private readonly names = new Map<Expression, string>();
  private readonly written = new Map<Expression, InputJson>();
  private readonly byContent = new Map<string, InputJson>();

  constructor(named: Readonly<Record<string, Expression>>) {
    for (const [name, expression] of Object.entries(named)) {
      if (Object.hasOwn(CANDLE, name) && expression !== CANDLE[name as keyof typeof CANDLE]) {
        throw new InputError(`A series cannot be called "${name}": that is a candle column`);
      }
      if (!this.names.has(expression)) this.names.set(expression, name);
    }
  }

  input(operand: Operand): InputJson {
    if (typeof operand === "number" || operand.sort === "scalar") return scalarJson(operand);
    if (operand.op === "candle") return { ref: String(operand.args.field) };
    let input = this.written.get(operand);
    if (!input) this.written.set(operand, input = this.node(operand));
    return input;
  }

  private node(expression: Expression): InputJson {
    const node = this.nodeJson(expression), content = JSON.stringify(node);
    const same = this.byContent.get(content);
    if (same) return same;
    const name = this.names.get(expression) ?? this.freeName(expression.op);
    const input = { ref: name };
    this.graph[name] = node;
    this.byContent.set(content, input);
    return input;
  }

  private nodeJson({ op, inputs, args, output }: Expression): NodeJson {
    const node: NodeJson = {
      op,
      version: findOperator(op).version,
      inputs: inputs.map((operand) => this.input(operand)),
    };
    const named = Object.entries(args).map(([name, value]) => [name, scalarJson(value)]);
    if (named.length > 0) node.args = Object.fromEntries(named);
    if (output !== undefined) node.output = output;
    return node;
  }

  private freeName(op: string): string {
    const taken = new Set(this.names.values());
    for (let n = 1;; n++) {
      const name = `${op}_${n}`;
      if (!taken.has(name) && !Object.hasOwn(this.graph, name)) return name;
    }
  }
}

/** A scalar expression as JSON. */
export function scalarJson(argument: Argument): ScalarJson {
  if (!(argument instanceof Expression)) return argument;
  if (argument.op === "param") return { param: String(argument.args.name) };
  if (argument.sort !== "scalar") {
    throw new InputError(`A series (${argument.op}) changes from row to row: a scalar is needed`);
  }
  return { op: argument.op, inputs: argument.inputs.map(scalarJson) };
}
