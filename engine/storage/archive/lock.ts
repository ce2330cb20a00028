import { withFileLock } from "../embedded/file_lock.ts";

/** Runs `task` while no other process changes the archive in the folder `root`. */
export async function withArchiveLock<T>(root: string, task: () => Promise<T>): Promise<T> {
  await Deno.mkdir(root, { recursive: true });
  return await withFileLock(`${root}/.lock`, task);
}
