import { InputError } from "../market/errors.ts";
import { checkValue, checkWritten } from "./argument_rules.ts";
import { findOperator } from "./catalogue.ts";
import { type Argument, Expression } from "./expression.ts";
import type { KernelContext, Operator, Values } from "./operator.ts";

/** The values that a run gives to the strategy's parameters. */
export type ParameterValues = Readonly<Record<string, number | string>>;

const ONE_ROW: KernelContext = {
  args: {},
  ticks: undefined,
  scale: 1,
  time: new Float64Array(1),
  rowLength: 1,
};

/**
 * The value of a scalar: a number or text as it is, a parameter's value, or what the operators make
 * of them, by the same kernels that fill columns.
 */
export function scalarValue(argument: Argument, parameters: ParameterValues): number | string {
  if (!(argument instanceof Expression)) return argument;
  if (argument.op === "param") return parameterValue(String(argument.args.name), parameters);
  return scalarOf(
    argument,
    () => argument.inputs.map((input) => scalarNumber(input, parameters, argument.op)),
  );
}

/** What the operator of a scalar makes of what its inputs are, by the kernel that fills columns. */
export function scalarOf({ op, sort }: Expression, inputsOf: () => readonly number[]): number {
  const operator = sort === "scalar" ? findOperator(op, {}) : undefined;
  if (operator?.kind !== "kernel") {
    throw new InputError(`a series (${op}) changes from row to row, but a scalar is needed`);
  }
  const inputs = inputsOf().map((input) => Float64Array.of(input)), out = new Float64Array(1);
  operator.fill(inputs, [out], new Float64Array(0), 0, 1, ONE_ROW);
  return out[0];
}

/** As `scalarValue`, for where only a number will do. */
export function scalarNumber(
  argument: Argument,
  parameters: ParameterValues,
  place: string,
): number {
  const value = scalarValue(argument, parameters);
  if (typeof value === "number") return value;
  throw new InputError(`${place}: "${value}" is a text, but a number is needed`);
}

/** An operator's numbers among its arguments; every argument is held to its rule. */
export function argumentValues(
  operator: Operator,
  args: Readonly<Record<string, Argument>>,
  parameters: ParameterValues,
): Values {
  const values: Record<string, number> = {};
  checkWritten(operator, args);
  for (const [name, rule] of Object.entries(operator.args)) {
    const value = scalarValue(args[name], parameters);
    checkValue(value, rule, `${operator.name}: ${name}`);
    if (typeof value === "number") values[name] = value;
  }
  return values;
}

function parameterValue(name: string, parameters: ParameterValues): number | string {
  if (Object.hasOwn(parameters, name)) return parameters[name];
  const known = Object.keys(parameters).join(", ") || "none";
  throw new InputError(`unknown parameter "${name}"; there are: ${known}`);
}
