import { liveLock, type Lock } from "./live_lock.ts";
import { ROOT, textOf } from "./project_files.ts";

/** The lock file of all that the project uses. */
export function fullLock(): Lock {
  return JSON.parse(textOf("deno.lock"));
}

if (import.meta.main) {
  // As Deno writes it, so that what differs is easy to see.
  const text = JSON.stringify(liveLock(fullLock()), null, 2)
    .replace(/"(os|cpu)": \[\s+("\w+")\s+\]/g, '"$1": [$2]');
  Deno.writeTextFileSync(new URL("live.lock", ROOT), `${text}\n`);
}
