import { InputError } from "../market/errors.ts";
import { type Adapter, findMember } from "./adapter.ts";
import { didYouMean } from "../market/did_you_mean.ts";
import type { Operator } from "./operator.ts";
import * as operators from "./operators/mod.ts";
import { ownOperator } from "./own_operators.ts";

/** Every operator that a graph may use; other libraries' stand behind an adapter. */
export const CATALOGUE: readonly (Operator | Adapter)[] = Object.values<unknown>(operators).filter(
  isEntry,
);

function isEntry(value: unknown): value is Operator | Adapter {
  return typeof value === "object" && value !== null && "kind" in value && "name" in value;
}

const byName = new Map(CATALOGUE.map((entry) => [entry.name, entry]));

/**
 * What is known by a name in graphs, someone's own operators included. Throws an `InputError` that names the nearest one.
 */
export function findEntry(name: string): Operator | Adapter {
  const entry = byName.get(name) ?? ownOperator(name);
  if (entry) return entry;
  const names = [...byName.keys()], hint = didYouMean(name, names);
  throw new InputError(`unknown operator "${name}"${hint || `: there are ${names.join(", ")}`}`);
}

/** The operator of that name; an adapter's is the one that its argument `indicator` names. */
export function findOperator(name: string, args: Readonly<Record<string, unknown>>): Operator {
  const entry = findEntry(name);
  return entry.kind === "adapter" ? findMember(entry, args.indicator) : entry;
}
