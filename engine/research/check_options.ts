import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";

/** Refuses an option that `what` does not have: it would be passed over in silence. */
export function checkOptions(options: object, known: readonly string[], what: string): void {
  const name = Object.keys(options).find((name) => !known.includes(name));
  if (name === undefined) return;
  const hint = didYouMean(name, known) || ".";
  throw new InputError(`${what} has no option "${name}"${hint} There are ${known.join(", ")}`);
}
