import { fileURLToPath } from "node:url";

/** The folder of the archive: the one that LOCKSTEP_ARCHIVE names, or the project's `data/archive`. */
export function archiveFolder(): string {
  return named() || fileURLToPath(new URL("../../../data/archive", import.meta.url));
}

function named(): string | undefined {
  try {
    return Deno.env.get("LOCKSTEP_ARCHIVE");
  } catch (error) {
    // Who may not read the environment has the usual one.
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}
