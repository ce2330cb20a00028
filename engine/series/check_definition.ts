import { checkOptions } from "../market/check_options.ts";
import { describeValue } from "../market/describe_value.ts";
import { InputError } from "../market/errors.ts";
import { CATALOGUE } from "./catalogue.ts";
import type { KernelParts, NumberRule } from "./operator.ts";

/** All that an operator of one's own may say of itself. */
const KNOWN = [
  "name",
  "version",
  "inputs",
  "output",
  "args",
  "lookback",
  "stateSize",
  "memory",
  "exact",
  "timed",
  "side",
  "fill",
] as const satisfies readonly (keyof KernelParts)[];

const NAME = /^[a-z]\w*$/i;
const NAMED = "a text of letters, digits and _ that begins with a letter";

/** What graphs know by themselves. */
const RESERVED = ["candle", "param"];

/**
 * Holds what someone says of an operator of their own to what a kernel is made of: notebooks check no types.
 * Throws an `InputError` for the first thing that cannot be.
 */
export function checkDefinition(parts: KernelParts): void {
  checkOptions(parts, KNOWN, "defineOperator");
  const { name, inputs, output = "number", args = {} } = parts;
  if (!isName(name)) throw wrong("defineOperator", "name", name, NAMED);
  if (RESERVED.includes(name) || CATALOGUE.some((operator) => operator.name === name)) {
    throw new InputError(`Cannot define ${name}: the catalogue has an operator of that name`);
  }
  const types = 'a list of "number" and "boolean", one for each series that it reads';
  if (!Array.isArray(inputs) || !inputs.every(isType)) throw wrong(name, "inputs", inputs, types);
  checkOutput(name, output);
  checkOptions(args, Object.keys(args), `${name}: args`);
  for (const [argument, rule] of Object.entries(args)) checkRange(name, argument, rule);
  for (const part of ["fill", "lookback", "stateSize", "memory"] as const) {
    const value = parts[part];
    if (typeof value === "function" || value === undefined && part !== "fill") continue;
    throw wrong(name, part, value, EXAMPLES[part]);
  }
}

const EXAMPLES = {
  fill: "a function: fill([x], [out], state, from, to, { args }) { … }",
  lookback: "a function, such as lookback: ({ window }) => window",
  stateSize: "a function, such as stateSize: () => 2",
  memory: "a function, such as memory: ({ window }) => window",
};

function checkOutput(name: string, output: unknown): void {
  if (isType(output)) return;
  const allowed = '"number", "boolean", or several by name, as in { upper: "number" }';
  const isByName = typeof output === "object" && output !== null && !Array.isArray(output);
  if (!isByName) throw wrong(name, "output", output, allowed);
  const entries = Object.entries(output);
  if (entries.length > 0 && entries.every(([key, type]) => isName(key) && type === "number")) {
    return;
  }
  throw wrong(name, "output", output, `${allowed}: several are numbers all`);
}

function checkRange(name: string, argument: string, rule: unknown): void {
  const place = `${name}: args.${argument}`;
  if (typeof rule !== "object" || rule === null) {
    throw wrong(name, `args.${argument}`, rule, "a range: windowRule(), or { min: 0, max: 1 }");
  }
  checkOptions(rule, ["whole", "min", "max"], place);
  const { min, max } = rule as NumberRule;
  if (Number.isFinite(min) && Number.isFinite(max) && min <= max) return;
  throw new InputError(
    `${place} is from ${min} to ${max}, but must be from one number to another: { min: 0, max: 1 }`,
  );
}

const isName = (value: unknown): value is string => typeof value === "string" && NAME.test(value);

const isType = (value: unknown) => value === "number" || value === "boolean";

function wrong(what: string, part: string, value: unknown, allowed: string): InputError {
  return new InputError(`${what}: ${part} is ${describeValue(value)}, but must be ${allowed}`);
}
