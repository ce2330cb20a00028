import type { GraphJson, InputJson, NodeJson, ScalarJson } from "./graph_json.ts";

/** Operators that a person writes between two things, with how strongly they bind. */
const INFIX: Readonly<Record<string, readonly [sign: string, strength: number]>> = {
  or: ["or", 1],
  and: ["and", 2],
  greater: [">", 3],
  less: ["<", 3],
  greaterOrEqual: ["≥", 3],
  lessOrEqual: ["≤", 3],
  equal: ["=", 3],
  add: ["+", 4],
  subtract: ["−", 4],
  multiply: ["×", 5],
  divide: ["/", 5],
};
const ATOM = 9;

/** A text, and how strongly it holds together: what binds less stands in brackets. */
interface Formula {
  text: string;
  strength: number;
}

/**
 * An input of a graph as a person writes it: `crossesAbove(quick, sma(close, 30))`. Nodes of which
 * `named` says so are called by their name, the others are written out.
 */
export function formulaText(
  input: InputJson,
  graph: GraphJson,
  named: (name: string) => boolean,
): string {
  return formula(input, graph, named).text;
}

/** A node as a person writes it: the right side of `quick = sma(close, fast)`. */
export function nodeText(
  node: NodeJson,
  graph: GraphJson,
  named: (name: string) => boolean,
): string {
  return ofNode(node, (input) => formula(input, graph, named)).text;
}

/** A scalar as a person writes it: `fast < slow`. */
export function scalarText(scalar: ScalarJson): string {
  return formula(scalar, {}, () => false).text;
}

function formula(input: InputJson, graph: GraphJson, named: (name: string) => boolean): Formula {
  const inner = (other: InputJson) => formula(other, graph, named);
  if (typeof input !== "object") return atom(String(input));
  if ("param" in input) return atom(input.param);
  if ("op" in input) return ofNode({ ...input, version: 0 }, inner);
  const node = Object.hasOwn(graph, input.ref) ? graph[input.ref] : undefined;
  return node === undefined || named(input.ref) ? atom(input.ref) : ofNode(node, inner);
}

function ofNode(node: NodeJson, inner: (input: InputJson) => Formula): Formula {
  const { op, inputs, args = {}, output } = node;
  if (Object.hasOwn(INFIX, op)) return infix(INFIX[op], inputs.map(inner));
  if (op === "not") {
    const { text, strength } = inner(inputs[0]);
    return atom(strength === ATOM ? `not ${text}` : `not (${text})`);
  }
  const given = Object.entries(args).filter(([name]) => !(op === "choose" && name === "options"));
  const read = inputs.map((input) => inner(input).text);
  const settings = given.map(([name, value]) => [name, inner(value).text] as const);
  return atom(call(op, read, settings) + (output === undefined ? "" : `.${output}`));
}

function infix([sign, strength]: readonly [string, number], parts: readonly Formula[]): Formula {
  const [left, right] = parts.map(({ text, ...part }, i) =>
    // a − (b − c) needs its brackets, a − b − c does not.
    part.strength > strength || (i === 0 && part.strength === strength) ? text : `(${text})`
  );
  return { text: `${left} ${sign} ${right}`, strength };
}

type Setting = readonly [name: string, value: string];

/** What chooses or qualifies the whole stands first; a single setting needs no name. */
function call(op: string, read: readonly string[], settings: readonly Setting[]): string {
  const [[first, value] = []] = settings;
  if (first === "indicator") {
    return `${value}(${[...read, ...named(settings.slice(1))].join(", ")})`;
  }
  if (op === "instrument") return `${op}(${[JSON.stringify(value), ...read].join(", ")})`;
  if (op === "on" || op === "choose") return `${op}(${[value, ...read].join(", ")})`;
  const all = settings.length === 1 ? [value] : named(settings);
  return `${op}(${[...read, ...all].join(", ")})`;
}

function named(settings: readonly Setting[]): string[] {
  return settings.map(([name, value]) => `${name} ${value}`);
}

function atom(text: string): Formula {
  return { text, strength: ATOM };
}
