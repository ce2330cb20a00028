import { describeValue } from "./describe_value.ts";
import { didYouMean } from "./did_you_mean.ts";
import { InputError } from "./errors.ts";

/**
 * Refuses options that `what` does not have, which would be passed over in silence, and anything that
 * is no object of them. Notebooks check no types.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.throws(() => checkOptions({ frm: 0 }, ["from", "to"], "read"), {
 *   message: 'read has no option "frm": did you mean "from"? There are from, to',
 * });
 * ```
 */
export function checkOptions(options: unknown, known: readonly string[], what: string): void {
  if (!isPlainObject(options)) {
    const names = known.map((name) => `${name}: …`).join(", ");
    throw new InputError(
      `${what} takes its options by name, some or all of { ${names} }, not ${
        describeValue(options)
      }`,
    );
  }
  const name = Object.keys(options).find((name) => !known.includes(name));
  if (name === undefined) return;
  const hint = didYouMean(name, known) || ".";
  throw new InputError(`${what} has no option "${name}"${hint} There are ${known.join(", ")}`);
}

/** Whether it is an object as `{ … }` makes it: candles or a series in its place are a mistake. */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
