import { dirname } from "node:path";

/**
 * Puts `bytes` in the place of the file at `path`, so that at any time, even after the machine lost
 * its power, the old content is there or the new one, whole. Only one process may do so at a time.
 */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  // One name for whoever comes next: what a killed process left half-written is written over.
  const partial = `${path}.partial`;
  {
    using file = await Deno.open(partial, { write: true, create: true, truncate: true });
    let written = 0;
    while (written < bytes.length) written += await file.write(bytes.subarray(written));
    await file.sync();
  }
  await Deno.rename(partial, path);
  await syncFolder(dirname(path));
}

/** Until its folder is on the disk, too, a renamed file may have its old name after all. */
async function syncFolder(path: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  using folder = await Deno.open(path);
  await folder.sync();
}
