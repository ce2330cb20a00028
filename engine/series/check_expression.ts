import { describeValue } from "../market/describe_value.ts";
import { InputError } from "../market/errors.ts";
import { checkWritten } from "./argument_rules.ts";
import { findOperator } from "./catalogue.ts";
import { checkArity } from "./check_arity.ts";
import { Expression, type Operand } from "./expression.ts";
import { keepsType, type Operator } from "./operator.ts";
import { at, checkType } from "./read_graph.ts";

/** What is known by itself, without an operator. */
const LEAVES = new Set(["candle", "param"]);

/**
 * Holds an expression, and all that it is made of, to what its operators take: that they exist, how many inputs they have,
 * which of them are conditions, what their arguments may be. Throws an `InputError` with the place of the mistake as a JSON path
 * from `path` on. `seen` are those that were found right before.
 */
export function checkExpression(
  expression: Expression,
  path: string,
  seen: Set<Expression> = new Set(),
): void {
  if (seen.has(expression) || LEAVES.has(expression.op)) return;
  const { op, args, inputs } = expression, operator = at(path, () => findOperator(op, args));
  at(path, () => checkArity(operator, expression));
  at(path, () => checkWritten(operator, args));
  inputs.forEach((input, i) => checkInput(operator, input, i, `${path}.inputs[${i}]`));
  inputs.forEach((input, i) => {
    if (input instanceof Expression) checkExpression(input, `${path}.inputs[${i}]`, seen);
  });
  for (const [name, value] of Object.entries(args)) {
    if (value instanceof Expression) checkExpression(value, `${path}.args.${name}`, seen);
  }
  seen.add(expression);
}

function checkInput(operator: Operator, input: Operand, i: number, path: string): void {
  if (typeof input !== "number" && !(input instanceof Expression)) {
    throw new InputError(`${path}: ${describeValue(input)} is no series of ${operator.name}`);
  }
  if (!keepsType(operator)) checkType(input, operator.inputs[i] ?? "number", path);
}
