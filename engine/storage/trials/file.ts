import { fileURLToPath } from "node:url";

/**
 * The file of the ledger of trials: in the folder that LOCKSTEP_TRIALS names, or the project's
 * `data/trials`.
 */
export function trialsFile(): string {
  const folder = named() || fileURLToPath(new URL("../../../data/trials", import.meta.url));
  return `${folder.replace(/\/+$/, "")}/trials.sqlite`;
}

function named(): string | undefined {
  try {
    return Deno.env.get("LOCKSTEP_TRIALS");
  } catch (error) {
    // Who may not read the environment has the usual one.
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}
