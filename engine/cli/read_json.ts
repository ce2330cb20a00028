import { InputError, messageOf } from "../market/errors.ts";
import { parseJson } from "../strategy/check_json.ts";
import { readText } from "./read_text.ts";

/** What is in a JSON file that the user named. Throws an `InputError` that says what is wrong with it. */
export async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return parseJson(text);
  } catch (error) {
    throw new InputError(`Cannot use ${path}: ${messageOf(error)}`);
  }
}
