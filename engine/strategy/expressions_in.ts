import { Expression } from "../series/expression.ts";

/** Every expression in what a strategy consists of, those that others are made of included, each once. */
export function expressionsIn(parts: unknown): Expression[] {
  const seen = new Set<unknown>(), found: Expression[] = [];
  const visit = (part: unknown): void => {
    if (typeof part !== "object" || part === null || seen.has(part)) return;
    seen.add(part);
    if (part instanceof Expression) found.push(part);
    for (const inner of Object.values(part)) visit(inner);
  };
  visit(parts);
  return found;
}
