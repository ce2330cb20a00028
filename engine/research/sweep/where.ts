import { describeValue } from "../../market/describe_value.ts";
import { InputError } from "../../market/errors.ts";
import type { Strategy } from "../../strategy/strategy.ts";
import type { Allows } from "./axes.ts";
import { anySet } from "./parameter_sets.ts";
import { whereText } from "./where_text.ts";

/**
 * Which sets are to be tried, besides what the strategy says: a text as the command takes it, "slow - fast >= 10",
 * or a function of a set's values. A choice among texts is one there, too: `(values: ParameterValues) =>` types it.
 */
export type Where = string | ((values: Readonly<Record<string, number>>) => boolean);

/** What a condition allows: any set where there is none. Throws an `InputError` for what is no condition. */
export function allowedBy({ parameters }: Strategy, where: Where | undefined): Allows {
  if (where === undefined) return anySet;
  if (typeof where === "string") return whereText(where, parameters);
  if (typeof where !== "function") {
    throw new InputError(
      `where is ${
        describeValue(where)
      }, but must be a text such as "fast < slow", or a function of a set's values`,
    );
  }
  const ask = where as Allows;
  return (set) => {
    const isWanted: unknown = ask(set);
    if (typeof isWanted === "boolean") return isWanted;
    throw new InputError(
      `where gave ${describeValue(isWanted)} for a set, but must give true or false`,
    );
  };
}
