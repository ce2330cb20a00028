import { InputError } from "../market/errors.ts";

/** The longest config that is read, in characters. */
const MOST_CHARACTERS = 4_000_000;
/** The deepest that objects and lists may lie within each other. */
const DEEPEST = 64;

/** A string, or a sign of structure; nothing else in JSON has one inside. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;

interface Container {
  path: string;
  /** Names so far; `undefined` in a list. */
  names: Set<string> | undefined;
  /** The name or number of the entry that is being read. */
  entry: string | number | undefined;
}

/**
 * Parses JSON that people edit. Refuses, with the path, what `JSON.parse` lets pass: a name that is
 * there twice (the first would be lost), `__proto__`, and text that is too long or too deep to check.
 */
export function parseJson(text: string): unknown {
  if (text.length > MOST_CHARACTERS) {
    throw new InputError(`${text.length} characters, but a config has at most ${MOST_CHARACTERS}`);
  }
  const value = parsed(text), open: Container[] = [];
  for (const [token] of text.matchAll(TOKENS)) {
    const inner = open.at(-1);
    if (token === "{" || token === "[") {
      if (open.length === DEEPEST) {
        throw new InputError(`${pathOf(inner!)}: more than ${DEEPEST} levels deep`);
      }
      const path = inner ? pathOf(inner) : "";
      open.push(
        token === "{"
          ? { path, names: new Set(), entry: undefined }
          : { path, names: undefined, entry: 0 },
      );
    } else if (token === "}" || token === "]") open.pop();
    else if (token === ",") next(inner!);
    else if (inner?.names && inner.entry === undefined) begin(inner, JSON.parse(token));
  }
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`not JSON: ${(error as Error).message}`);
  }
}

function next(container: Container): void {
  container.entry = container.names ? undefined : Number(container.entry) + 1;
}

function begin(container: Container, name: string): void {
  container.entry = name;
  if (name === "__proto__") throw new InputError(`${pathOf(container)}: no such name is allowed`);
  if (container.names!.has(name)) throw new InputError(`${pathOf(container)}: is there twice`);
  container.names!.add(name);
}

function pathOf({ path, entry }: Container): string {
  return joined(path, entry!);
}

/** A JSON path with one more step. */
export function joined(path: string, step: string | number): string {
  if (typeof step === "number") return `${path}[${step}]`;
  return path ? `${path}.${step}` : step;
}
