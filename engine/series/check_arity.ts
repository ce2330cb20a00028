import { InputError } from "../market/errors.ts";
import type { Expression } from "./expression.ts";
import type { Operator } from "./operator.ts";

/** The names of an operator's outputs; a single one has the empty name. */
export function outputNames({ output }: Operator): string[] {
  return typeof output === "string" ? [""] : Object.keys(output);
}

/** Refuses an expression with other inputs than its operator takes, or of an output that it has not. */
export function checkArity(operator: Operator, { inputs, output }: Expression): void {
  const { name } = operator;
  if (operator.kind !== "chosen" && inputs.length !== operator.inputs.length) {
    throw new InputError(`${name} takes ${operator.inputs.length} inputs, not ${inputs.length}`);
  }
  const names = outputNames(operator);
  if (!names.includes(output ?? "")) {
    throw new InputError(`${name} has no output "${output ?? ""}"; there are: ${names.join(", ")}`);
  }
}
