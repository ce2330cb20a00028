import { Numeric } from "../expression.ts";
import type { Chosen } from "../operator.ts";

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
 * before the run starts, so the others cost nothing.
 */
export function choose(choice: Numeric, options: Readonly<Record<string, Numeric>>): Numeric {
  return new Numeric({
    op: "choose",
    inputs: Object.values(options),
    args: { choice, options: Object.keys(options).join(" ") },
  });
}
