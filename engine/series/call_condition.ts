import { checkWritten } from "./argument_rules.ts";
import { type Argument, Condition, type Operand } from "./expression.ts";
import type { Operator } from "./operator.ts";

/** As `callOperator`, for an operator that gives a condition. */
export function callCondition(
  operator: Operator,
  inputs: readonly Operand[],
  args: Readonly<Record<string, Argument>> = {},
): Condition {
  const condition = new Condition({ op: operator.name, inputs, args });
  checkWritten(operator, args);
  return condition;
}
