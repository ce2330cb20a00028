import { InputError } from "../../market/errors.ts";
import { withFileLock } from "../embedded/file_lock.ts";

/** Runs `task` while no other process changes the archive in the folder `root`. */
export async function withArchiveLock<T>(root: string, task: () => Promise<T>): Promise<T> {
  await makeFolder(root);
  return await withFileLock(`${root}/.lock`, task);
}

async function makeFolder(path: string): Promise<void> {
  try {
    await Deno.mkdir(path, { recursive: true });
  } catch (error) {
    const { PermissionDenied, NotADirectory, AlreadyExists } = Deno.errors;
    const reason = error instanceof PermissionDenied
      ? "permission denied"
      : error instanceof NotADirectory || error instanceof AlreadyExists
      ? "it, or what it is in, is a file"
      : undefined;
    if (reason === undefined) throw error;
    throw new InputError(`Cannot keep the archive in ${path}: ${reason}`);
  }
}
