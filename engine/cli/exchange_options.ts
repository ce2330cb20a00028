import { InputError } from "../market/errors.ts";

/** ccxt's settings of exchanges, by their names. */
export type ExchangeOptions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Reads ccxt's settings of exchanges from a JSON file, such as
 * `{ "okx": { "hostname": "eea.okx.com" } }`. Throws an `InputError` that says what is wrong with it.
 */
export async function readExchangeOptions(path: string | undefined): Promise<ExchangeOptions> {
  if (path === undefined) return {};
  const options = parse(await textOf(path), path);
  const wrong = Object.entries(options).find(([, value]) => !isObject(value));
  if (!wrong) return options as ExchangeOptions;
  throw new InputError(
    `Cannot use ${path}: "${wrong[0]}" is ${JSON.stringify(wrong[1])}, not an object of settings`,
  );
}

async function textOf(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new InputError(`There is no file ${path}`);
    throw error;
  }
}

function parse(text: string, path: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (error) {
    throw new InputError(`Cannot use ${path}: ${(error as Error).message}`);
  }
  throw new InputError(`Cannot use ${path}: it is not an object with the exchanges' names`);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
