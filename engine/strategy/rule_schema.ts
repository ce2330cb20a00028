import { z } from "zod";
import type { NumberRule, Rule } from "../account/rule.ts";

/** The schema of what keeps a rule, so that a config is held to what the account is held to. */
export function ruleSchema(rule: Rule): z.ZodType<number | string | boolean> {
  if (rule.type === "flag") return z.boolean();
  if (rule.type === "choice") return z.enum(rule.options as [string, ...string[]]);
  return numberSchema(rule);
}

function numberSchema({ min, above, max, below, whole }: NumberRule) {
  let schema = whole ? z.int() : z.number();
  if (min !== undefined) schema = schema.min(min);
  if (above !== undefined) schema = schema.gt(above);
  if (max !== undefined) schema = schema.max(max);
  if (below !== undefined) schema = schema.lt(below);
  return schema;
}

/** A schema for each entry of a table, under the same names. */
export function schemaEach<T extends object, S extends z.ZodType>(
  table: T,
  schema: (entry: T[keyof T]) => S,
): { [Name in keyof T]: S } {
  const entries = Object.entries(table).map(([name, entry]) => [name, schema(entry)]);
  return Object.fromEntries(entries);
}
