import { fileURLToPath } from "node:url";
import { namedFolder } from "../named_folder.ts";

/** The folder of the archive: the one that LOCKSTEP_ARCHIVE names, or the project's `data/archive`. */
export function archiveFolder(): string {
  return namedFolder("LOCKSTEP_ARCHIVE") ||
    fileURLToPath(new URL("../../../data/archive", import.meta.url));
}
