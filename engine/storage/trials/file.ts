import { fileURLToPath } from "node:url";
import { namedFolder } from "../named_folder.ts";

/**
 * The file of the ledger of trials: in the folder that LOCKSTEP_TRIALS names, or the project's
 * `data/trials`.
 */
export function trialsFile(): string {
  const folder = namedFolder("LOCKSTEP_TRIALS") ||
    fileURLToPath(new URL("../../../data/trials", import.meta.url));
  return `${folder.replace(/\/+$/, "")}/trials.sqlite`;
}
