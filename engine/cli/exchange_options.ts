import { InputError } from "../market/errors.ts";
import { readJson } from "./read_json.ts";

/** ccxt's settings of exchanges, by their names. */
export type ExchangeOptions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Reads ccxt's settings of exchanges from a JSON file, such as
 * `{ "okx": { "hostname": "eea.okx.com" } }`. Throws an `InputError` that says what is wrong with it.
 */
export async function readExchangeOptions(path: string | undefined): Promise<ExchangeOptions> {
  if (path === undefined) return {};
  const options = await readJson(path);
  if (!isObject(options)) {
    throw new InputError(`Cannot use ${path}: it is not an object with the exchanges' names`);
  }
  const wrong = Object.entries(options).find(([, value]) => !isObject(value));
  if (!wrong) return options as ExchangeOptions;
  throw new InputError(
    `Cannot use ${path}: "${wrong[0]}" is ${JSON.stringify(wrong[1])}, not an object of settings`,
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
