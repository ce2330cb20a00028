import { isItMeant } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import { Expression } from "../series/expression.ts";
import { expressionsIn } from "./expressions_in.ts";
import type { Parameters } from "./parameters.ts";

/**
 * Refuses a `choose` that lacks a series for what its parameter may be: only a run with that value would
 * find out.
 */
export function checkChoices(parameters: Parameters, built: object, strategy: string): void {
  for (const { op, args } of expressionsIn(built)) {
    if (op !== "choose" || !(args.choice instanceof Expression)) continue;
    const name = String(args.choice.args.name), parameter = parameters[name];
    if (parameter?.type !== "choice") {
      throw new InputError(
        `choose in ${strategy} goes by "${name}", which is no choice: declare it as ` +
          `${name}: choice("close", ["close", "open"])`,
      );
    }
    const series = String(args.options).split(" ");
    const missing = parameter.options.find((option) => !series.includes(option));
    if (missing === undefined) continue;
    throw new InputError(
      `choose in ${strategy} has no series for "${missing}", which ${name} may be; it has ` +
        `${series.join(", ")}${isItMeant(missing, series)}`,
    );
  }
}
