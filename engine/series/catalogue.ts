import { InputError } from "../market/errors.ts";
import { didYouMean } from "./did_you_mean.ts";
import type { Operator } from "./operator.ts";
import * as operators from "./operators/mod.ts";

/** Every operator that a graph may use. */
export const CATALOGUE: readonly Operator[] = Object.values(operators).filter(isOperator);

function isOperator(value: unknown): value is Operator {
  return typeof value === "object" && value !== null && "kind" in value && "name" in value;
}

const byName = new Map(CATALOGUE.map((operator) => [operator.name, operator]));

/** The operator of that name. Throws an `InputError` that names the nearest one. */
export function findOperator(name: string): Operator {
  const operator = byName.get(name);
  if (operator) return operator;
  const names = [...byName.keys()], hint = didYouMean(name, names);
  throw new InputError(`unknown operator "${name}"${hint || `: there are ${names.join(", ")}`}`);
}
