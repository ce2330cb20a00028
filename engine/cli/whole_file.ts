import { dirname } from "node:path";
import { InputError } from "../market/errors.ts";

/** Refuses where no file can be written, so that it is known before there is anything to write. */
export async function checkPlace(path: string): Promise<void> {
  const cannot = (why: string) => new InputError(`Cannot write ${path || "--out"}: ${why}`);
  if (path === "") throw cannot("it names no file");
  if (await kindOf(path) === "folder") throw cannot("it is a folder. Name a file in it");
  const folder = dirname(path);
  if (await kindOf(folder) !== "folder") throw cannot(`there is no folder ${folder}`);
}

/** Refuses to write over what is there. */
export async function checkFree(path: string): Promise<void> {
  if (await kindOf(path) === "nothing") return;
  throw new InputError(
    `Cannot write ${path}: it is there already, and would be lost. Name another --out, or remove it`,
  );
}

/** Writes a file that is there as a whole or as it was before, whatever ends it. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const fresh = `${path}.new`;
  try {
    await Deno.writeTextFile(fresh, text);
    await Deno.rename(fresh, path);
  } catch (error) {
    await Deno.remove(fresh).catch(() => {});
    throw error;
  }
}

async function kindOf(path: string): Promise<"folder" | "other" | "nothing"> {
  try {
    return (await Deno.stat(path)).isDirectory ? "folder" : "other";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return "nothing";
    }
    throw error;
  }
}
