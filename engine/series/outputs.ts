import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import { strictNames } from "../market/strict_names.ts";
import { Condition, type Expression, Numeric } from "./expression.ts";

/**
 * The series of an operator that gives several, by name. It is a class so that a notebook can tell how
 * to show it.
 */
export class Outputs {
  constructor(series: Readonly<Record<string, Expression>>) {
    Object.assign(this, series);
  }
}

/**
 * Several series by name, of which each has to be taken by its own: reading another name throws an
 * `InputError` that says which there are. `operator` is how its message calls what gave them.
 */
export function outputs<T extends object>(series: T, operator: string): T {
  const names = Object.keys(series), all = new Outputs(series as Record<string, Expression>);
  return strictNames(all as unknown as T, (name) => {
    if (name in Numeric.prototype || name in Condition.prototype) {
      throw new InputError(
        `${operator} gives several series (${names.join(", ")}): take one of them first, as in ` +
          `.${names[0]}.${name}(…)`,
      );
    }
    const hint = didYouMean(name, names) || ".";
    throw new InputError(
      `${operator} gives no series "${name}"${hint} There are ${names.join(", ")}`,
    );
  });
}
