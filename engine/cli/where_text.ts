import jsep from "jsep";
import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import type { ParameterValues } from "../series/scalars.ts";

type Value = number | string | boolean;

const BINARY: Readonly<Record<string, (a: never, b: never) => Value>> = {
  "<": (a: number, b: number) => a < b,
  "<=": (a: number, b: number) => a <= b,
  ">": (a: number, b: number) => a > b,
  ">=": (a: number, b: number) => a >= b,
  "==": (a: Value, b: Value) => a === b,
  "!=": (a: Value, b: Value) => a !== b,
  "+": (a: number, b: number) => a + b,
  "-": (a: number, b: number) => a - b,
  "*": (a: number, b: number) => a * b,
  "/": (a: number, b: number) => a / b,
  "%": (a: number, b: number) => a % b,
  "&&": (a: Value, b: Value) => a === true && b === true,
  "||": (a: Value, b: Value) => a === true || b === true,
};

const UNARY: Readonly<Record<string, (a: never) => Value>> = {
  "-": (a: number) => -a,
  "!": (a: Value) => a !== true,
};

/**
 * A condition on parameters that is written as a text, such as "fast < slow && slow - fast >= 10": it is
 * read, and never run as a program. Throws an `InputError` for what is no such condition.
 */
export function whereText(
  text: string,
  names: readonly string[],
): (values: ParameterValues) => boolean {
  const tree = parse(text);
  check(tree, names, text);
  return (values) => valueOf(tree, values) === true;
}

function parse(text: string): jsep.Expression {
  try {
    return jsep(text);
  } catch (error) {
    throw new InputError(`Cannot read --where "${text}": ${(error as Error).message}`);
  }
}

function check(node: jsep.Expression, names: readonly string[], text: string): void {
  if (isBinary(node) && Object.hasOwn(BINARY, node.operator)) {
    check(node.left, names, text);
    return check(node.right, names, text);
  }
  if (isUnary(node) && Object.hasOwn(UNARY, node.operator)) {
    return check(node.argument, names, text);
  }
  if (isLiteral(node)) return;
  if (!isName(node)) {
    throw new InputError(
      `--where "${text}": it compares parameters and numbers, as in "fast < slow && slow - fast >= 10"; ` +
        `there is ${node.type} in it`,
    );
  }
  if (names.includes(node.name)) return;
  const hint = didYouMean(node.name, [...names]) || ".";
  throw new InputError(
    `--where "${text}": no parameter "${node.name}"${hint} There are ${names.join(", ")}`,
  );
}

function valueOf(node: jsep.Expression, values: ParameterValues): Value {
  if (isBinary(node)) {
    const [a, b] = [node.left, node.right].map((side) => valueOf(side, values));
    return BINARY[node.operator](a as never, b as never);
  }
  if (isUnary(node)) return UNARY[node.operator](valueOf(node.argument, values) as never);
  return isName(node) ? values[node.name] : (node as jsep.Literal).value as Value;
}

const isBinary = (node: jsep.Expression): node is jsep.BinaryExpression =>
  node.type === "BinaryExpression";
const isUnary = (node: jsep.Expression): node is jsep.UnaryExpression =>
  node.type === "UnaryExpression";
const isLiteral = (node: jsep.Expression): node is jsep.Literal => node.type === "Literal";
const isName = (node: jsep.Expression): node is jsep.Identifier => node.type === "Identifier";
