import { note } from "./output.ts";

/**
 * Keeps the process alive when the database's driver writes to a connection that was cut a moment
 * before (porsager/postgres#1154): it does so outside of any call that could catch the error. Who
 * waits for an answer on that connection gets none; see `answering`.
 */
export function guardDriver(): void {
  globalThis.addEventListener("error", (event) => {
    if (!isCutConnection(event.error)) return;
    event.preventDefault();
    note("A connection to the database was cut", { level: "warning" });
  });
}

function isCutConnection(error: unknown): boolean {
  return error instanceof TypeError && error.message.includes("reading 'write'") &&
    /\bnextWrite\b.*\/postgres\//.test(error.stack ?? "");
}
