import jsep from "jsep";
import { InputError } from "../../market/errors.ts";
import { fractionOf } from "../../series/decimal_fraction.ts";
import type { ParameterValues } from "../../series/scalars.ts";
import type { Parameters } from "../../strategy/parameters.ts";
import { BINARY, UNARY, type WhereValue } from "./where_operators.ts";
import { isBinary, isName, isUnary, textOf, whereType } from "./where_type.ts";

/**
 * A condition on parameters that is written as a text, such as "fast < slow && slow - fast >= 10": it is
 * read, and never run as a program. Its numbers are decimals, so that "high - low >= 0.1" holds of 0.3 and 0.2. Throws an `InputError`, which begins with the option's `name`, for what is no such condition.
 */
export function whereText(
  text: string,
  parameters: Parameters,
  name = "where",
): (values: ParameterValues) => boolean {
  const said = `${name} "${text}"`, tree = parse(text, said);
  try {
    checkTruth(tree, parameters);
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${said}: ${error.message}`) : error;
  }
  return (values) => valueOf(tree, values) as boolean;
}

function parse(text: string, said: string): jsep.Expression {
  if (text.trim() === "") throw new InputError(`${said} is empty: write fast < slow, say`);
  try {
    return jsep(text);
  } catch (error) {
    throw new InputError(`Cannot read ${said}: ${(error as Error).message}`);
  }
}

/** Refuses what says of no set whether it is to be tried. */
function checkTruth(tree: jsep.Expression, parameters: Parameters): void {
  const type = whereType(tree, parameters), own = textOf(tree);
  if (type === "truth") return;
  const how = type === "number" ? `${own} >= 10` : `${own} == "open"`;
  throw new InputError(
    `it is a ${type}, and says of no set whether it is to be tried: compare it, as in ${how}`,
  );
}

function valueOf(node: jsep.Expression, values: ParameterValues): WhereValue {
  if (isBinary(node)) {
    const [a, b] = [node.left, node.right].map((side) => valueOf(side, values));
    return BINARY[node.operator].of(a as never, b as never);
  }
  if (isUnary(node)) {
    return UNARY[node.operator].of(valueOf(node.argument, values) as never, 0 as never);
  }
  const value = isName(node) ? values[node.name] : (node as jsep.Literal).value;
  return typeof value === "number" ? fractionOf(value) : value as string | boolean;
}
