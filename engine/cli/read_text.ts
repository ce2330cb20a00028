import { InputError } from "../market/errors.ts";

/** The text of a file that the user named. Throws an `InputError` if there is none, or a folder. */
export async function readText(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new InputError(`There is no file ${path}`);
    if (error instanceof Deno.errors.IsADirectory) throw new InputError(`${path} is a folder`);
    throw error;
  }
}
