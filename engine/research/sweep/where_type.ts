import type jsep from "jsep";
import { didYouMean } from "../../market/did_you_mean.ts";
import { InputError } from "../../market/errors.ts";
import type { Parameters } from "../../strategy/parameters.ts";
import { BINARY, UNARY, type WhereType } from "./where_operators.ts";

export const isBinary = (node: jsep.Expression): node is jsep.BinaryExpression =>
  node.type === "BinaryExpression";
export const isUnary = (node: jsep.Expression): node is jsep.UnaryExpression =>
  node.type === "UnaryExpression";
export const isLiteral = (node: jsep.Expression): node is jsep.Literal => node.type === "Literal";
export const isName = (node: jsep.Expression): node is jsep.Identifier =>
  node.type === "Identifier";

const SAID: Readonly<Record<WhereType, string>> = {
  number: "a number",
  truth: "true or false",
  text: "a text",
};

/**
 * What a part of a condition is. Throws an `InputError` for an operator, a name or a value that there is not,
 * and where an operator is given what it has no sense of.
 */
export function whereType(node: jsep.Expression, parameters: Parameters): WhereType {
  if (isBinary(node) && Object.hasOwn(BINARY, node.operator)) return binaryType(node, parameters);
  if (isUnary(node) && Object.hasOwn(UNARY, node.operator)) {
    const { takes, gives } = UNARY[node.operator];
    need(node.argument, takes as WhereType, node.operator, parameters);
    return gives;
  }
  if (isLiteral(node)) {
    const type = LITERALS[typeof node.value];
    if (type !== undefined && node.value !== null) return type;
  }
  if (!isName(node)) throw noPart(node);
  if (Object.hasOwn(parameters, node.name)) {
    return parameters[node.name].type === "choice" ? "text" : "number";
  }
  const names = Object.keys(parameters), hint = didYouMean(node.name, names) || ".";
  throw new InputError(`no parameter "${node.name}"${hint} There are ${names.join(", ")}`);
}

const LITERALS: Readonly<Record<string, WhereType>> = {
  number: "number",
  string: "text",
  boolean: "truth",
};

function binaryType(node: jsep.BinaryExpression, parameters: Parameters): WhereType {
  const { operator, left, right } = node, { takes, gives } = BINARY[operator];
  if (takes === "same") {
    need(right, whereType(left, parameters), operator, parameters);
    return gives;
  }
  // "10 <= x <= 50" is (10 <= x) <= 50, which is no number's business.
  if (takes === "number" && gives === "truth" && isComparison(left)) {
    const [first, second] = [left, { ...node, left: left.right }].map(textOf);
    throw new InputError(`a comparison has two sides: write ${first} && ${second}`);
  }
  for (const side of [left, right]) need(side, takes, operator, parameters);
  return gives;
}

function isComparison(node: jsep.Expression): node is jsep.BinaryExpression {
  return isBinary(node) && /^[<>]=?$/.test(node.operator);
}

function need(
  node: jsep.Expression,
  wanted: WhereType,
  operator: string,
  parameters: Parameters,
): void {
  const type = whereType(node, parameters);
  if (type === wanted) return;
  const how = wanted === "truth" ? ": compare it, as in fast < slow" : "";
  throw new InputError(
    `${operator} needs ${SAID[wanted]} here, and "${textOf(node)}" is ${SAID[type]}${how}`,
  );
}

function noPart(node: jsep.Expression): InputError {
  if (node.type === "Compound") {
    return new InputError(
      'parts stand side by side with nothing between them: write && for "and", || for "or" and !( ) for "not"',
    );
  }
  const known = [...new Set([...Object.keys(BINARY), ...Object.keys(UNARY)])].join(" ");
  const what = "operator" in node ? `the operator ${node.operator}` : node.type;
  return new InputError(
    "it compares parameters and numbers, as in fast < slow && slow - fast >= 10, with " +
      `${known}; there is ${what} in it`,
  );
}

/** A part as somebody may have written it. */
export function textOf(node: jsep.Expression): string {
  const inner = (part: jsep.Expression) => isBinary(part) ? `(${textOf(part)})` : textOf(part);
  if (isUnary(node)) return `${node.operator}${inner(node.argument)}`;
  if (isLiteral(node)) return node.raw;
  if (isName(node)) return node.name;
  if (!isBinary(node)) return node.type;
  const { left, operator, right } = node;
  const side = (part: jsep.Expression) => {
    const isSum = isBinary(part) && BINARY[part.operator]?.gives === "number";
    return isSum && BINARY[operator]?.gives === "truth" ? textOf(part) : inner(part);
  };
  return `${side(left)} ${operator} ${side(right)}`;
}
