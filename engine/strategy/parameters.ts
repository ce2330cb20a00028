import { checkOptions, isPlainObject } from "../market/check_options.ts";
import { describeValue } from "../market/describe_value.ts";
import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import { checkRule } from "../series/argument_rules.ts";
import type { ParameterValues } from "../series/scalars.ts";

/** A number that a strategy leaves open. */
export interface NumberParameter {
  type: "whole" | "number";
  default: number;
  min: number;
  max: number;
}

/** One of several texts, settled before a run starts. */
export interface ChoiceParameter {
  type: "choice";
  default: string;
  options: string[];
}

export type Parameter = NumberParameter | ChoiceParameter;
export type Parameters = Readonly<Record<string, Parameter>>;

/** A whole number, such as a window. */
export function whole(value: number, range: { min?: number; max?: number } = {}): NumberParameter {
  checkByName(range, "whole");
  const { min = 1, max = 1_000 } = range;
  return { type: "whole", default: value, min, max };
}

/** A number, such as a level or a fraction. */
export function number(value: number, range: { min: number; max: number }): NumberParameter {
  if ((range as unknown) === undefined) {
    throw new InputError(
      `number(${value}) needs the range in which it may be: number(${value}, { min: …, max: … })`,
    );
  }
  checkByName(range, "number");
  return { type: "number", default: value, ...range };
}

function checkByName(range: unknown, what: string): void {
  if (isPlainObject(range)) return checkOptions(range, ["min", "max"], what);
  throw new InputError(`A range is given by name: ${what}(10, { min: 1, max: 100 })`);
}

/** One of several texts. */
export function choice(value: string, options: readonly string[]): ChoiceParameter {
  if (!Array.isArray(options)) {
    throw new InputError(`The options of a choice are a list: choice("close", ["close", "open"])`);
  }
  return { type: "choice", default: value, options: [...options] };
}

/**
 * Refuses parameters that do not say what they may be, as what `whole`, `number` and `choice` give does;
 * `strategy` is whose they are. Notebooks check no types.
 */
export function checkDeclared(parameters: unknown, strategy: string): void {
  if (!isPlainObject(parameters)) {
    throw new InputError(
      `The parameters of ${strategy} are given by name, such as { window: whole(14) }, and not as ` +
        describeValue(parameters),
    );
  }
  for (const [name, given] of Object.entries(parameters)) {
    if (isPlainObject(given) && "type" in given && "default" in given) continue;
    throw new InputError(
      `The parameter "${name}" of ${strategy} is ${
        describeValue(given)
      }, which does not say what else ` +
        `it may be: declare it as ${declarationOf(given)}`,
    );
  }
}

function declarationOf(given: unknown): string {
  if (typeof given === "number") {
    return `${
      Number.isInteger(given) ? `whole(${given}) or ` : ""
    }number(${given}, { min: …, max: … })`;
  }
  if (typeof given === "string") return `choice("${given}", ["${given}", …])`;
  return 'whole(14), number(0.5, { min: 0, max: 1 }) or choice("close", ["close", "open"])';
}

/** The values that the parameters have unless a run says otherwise. */
export function defaultValues(parameters: Parameters): ParameterValues {
  const values = Object.entries(parameters).map(([name, parameter]) => [name, parameter.default]);
  return Object.fromEntries(values);
}

/**
 * Refuses parameters whose defaults are not allowed by themselves, or whose range is none; `path`
 * begins the message of the `InputError`.
 */
export function checkParameters(parameters: Parameters, path: string): void {
  for (const [name, parameter] of Object.entries(parameters)) {
    const place = `${path}.${name}`;
    if (parameter.type !== "choice") checkRange(parameter, place);
    checkValue(parameter.default, parameter, `${place}.default`);
  }
}

function checkRange({ min, max }: NumberParameter, place: string): void {
  if (Number.isFinite(min) && Number.isFinite(max) && min <= max) return;
  throw new InputError(`${place}: from ${min} to ${max} is no range: give two numbers, min ≤ max`);
}

/**
 * The values of a run: those given, each checked against its declaration, and defaults for the rest.
 * Throws an `InputError` for an unknown name or a value out of range; `path` begins its message.
 */
export function parameterValues(
  parameters: Parameters,
  given: ParameterValues,
  path: string,
): ParameterValues {
  if (!isPlainObject(given)) {
    throw new InputError(
      `${path} are given by name, such as { window: 14 }, and not as ${describeValue(given)}`,
    );
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(parameters, name)) throw unknownParameter(parameters, name, path);
  }
  const values = { ...defaultValues(parameters), ...given };
  for (const [name, parameter] of Object.entries(parameters)) {
    checkValue(values[name], parameter, `${path}.${name}`);
  }
  return values;
}

function unknownParameter(parameters: Parameters, name: string, path: string): InputError {
  const known = Object.keys(parameters), hint = didYouMean(name, known) || ".";
  const all = known.length > 0 ? `There are ${known.join(", ")}` : "The strategy has none";
  return new InputError(`${path}.${name}: no such parameter${hint} ${all}`);
}

function checkValue(value: number | string, parameter: Parameter, name: string): void {
  if (parameter.type === "choice") {
    if (parameter.options.includes(String(value))) return;
    throw new InputError(
      `${name} is "${value}", but must be one of ${parameter.options.join(", ")}`,
    );
  }
  if (typeof value !== "number") {
    throw new InputError(`${name} is "${value}", but must be a number`);
  }
  checkRule(value, { ...parameter, whole: parameter.type === "whole" }, name);
}
