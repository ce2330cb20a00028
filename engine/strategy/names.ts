import { InputError } from "../market/errors.ts";

/** What strategies, parameters and series may be called: it is also what files and columns are. */
export const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/;

/** The rule of `NAME` in words. */
export const NAME_RULE = "1 to 63 letters, digits, _ and -, beginning with a letter";

/** Refuses a name that a config could not hold. */
export function checkName(name: string, what: string): void {
  if (typeof name === "string" && NAME.test(name)) return;
  throw new InputError(`${what} cannot be called ${JSON.stringify(name)}: names are ${NAME_RULE}`);
}
