import { callOperator } from "./call_operator.ts";
import type { Argument, Numeric, Operand } from "./expression.ts";
import type { Operator } from "./operator.ts";
import { outputs } from "./outputs.ts";

/**
 * The series that an operator with several outputs makes of its inputs, by name. Throws an `InputError`
 * for inputs that are no series, and for arguments that cannot be.
 */
export function callOutputs<Name extends string>(
  operator: Operator & { readonly output: { readonly [name in Name]: "number" } },
  inputs: readonly Operand[],
  args: Readonly<Record<string, Argument>>,
): Record<Name, Numeric> {
  const names = Object.keys(operator.output) as Name[];
  const series = names.map((name) => [name, callOperator(operator, inputs, args, name)]);
  return outputs(Object.fromEntries(series) as Record<Name, Numeric>, operator.name);
}
