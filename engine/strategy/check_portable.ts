import { InputError } from "../market/errors.ts";
import { ownOperator } from "../series/own_operators.ts";
import { writeStrategy } from "./strategy_json.ts";
import type { Strategy } from "./strategy.ts";

/**
 * Refuses a strategy that uses an operator that is defined in someone's own code: a config is data, and where it is run that code
 * is not. Throws an `InputError` that names the nodes.
 */
export function checkPortable(strategy: Strategy): void {
  const nodes = ownNodes(strategy);
  if (nodes.length === 0) return;
  const named = nodes.map(([name, { op }]) => `${name} (${op})`).join(", ");
  throw new InputError(
    `Cannot promote ${strategy.name}: ${named} ${
      nodes.length === 1 ? "is" : "are"
    } of your own code, which a bot does ` +
      "not run. Write it with operators of the catalogue (deno task operators), or add yours to it: see CONTRIBUTING.md",
  );
}

/** Whether a strategy uses operators that only this process has. */
export function usesOwnOperators(strategy: Strategy): boolean {
  return ownNodes(strategy).length > 0;
}

function ownNodes(strategy: Strategy) {
  return Object.entries(writeStrategy(strategy).graph).filter(([, { op }]) => ownOperator(op));
}
