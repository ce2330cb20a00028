import { InputError } from "../market/errors.ts";
import { StoreError } from "../ports/store_errors.ts";

/** What a command that failed says: what the user can mend, and of anything else no more than a line. */
export function errorText(error: unknown): string {
  if (error instanceof InputError || error instanceof StoreError) return error.message;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === "NotCapable") return `Not permitted: ${message.split("\n")[0]}${netHint(message)}`;
  return `Unexpected ${name}: ${
    message.split("\n")[0]
  }. Please report it with the command that led here.`;
}

/** How a task gets the permission that it lacks, where that is one for the net. */
function netHint(message: string): string {
  if (!message.startsWith("Requires net access")) return "";
  return "\nWith LOCKSTEP_NET=--allow-net in the environment, tasks may reach every host";
}
