import { InputError } from "../../../market/errors.ts";
import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import { Expression, type Numeric } from "../../expression.ts";
import type { Chosen } from "../../operator.ts";

export const chooseOperator: Chosen = {
  kind: "chosen",
  name: "choose",
  version: 1,
  inputs: [],
  output: "number",
  args: { choice: "text", options: "text" },
};

/**
 * The series that a `choice` parameter names: `choose(source, { close, open })`. The choice is made
 * before the run starts, so the others cost nothing. Throws an `InputError` if the series have no names.
 */
export function choose(choice: Numeric, options: Readonly<Record<string, Numeric>>): Numeric {
  checkCall("choose", arguments, 2);
  if (!isByName(options)) {
    throw new InputError("choose takes its series by name: choose(source, { close, open })");
  }
  const args = { choice, options: Object.keys(options).join(" ") };
  return callOperator(chooseOperator, Object.values(options), args);
}

/** Notebooks check no types. */
function isByName(options: unknown): boolean {
  return typeof options === "object" && options !== null && !Array.isArray(options) &&
    !(options instanceof Expression) && Object.keys(options).length > 0;
}
