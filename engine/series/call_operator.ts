import { checkWritten } from "./argument_rules.ts";
import { type Argument, Numeric, type Operand } from "./expression.ts";
import type { Operator } from "./operator.ts";

/**
 * The series that an operator makes of its inputs, or of its outputs the one of that name. Throws an
 * `InputError` for inputs that are no series, and for arguments that cannot be.
 */
export function callOperator(
  operator: Operator,
  inputs: readonly Operand[],
  args: Readonly<Record<string, Argument>>,
  output?: string,
): Numeric {
  const series = new Numeric({ op: operator.name, inputs, args, output });
  checkWritten(operator, args);
  return series;
}
