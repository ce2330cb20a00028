import { note } from "./output.ts";

/** Within this time a signal is the same one: a terminal sends Ctrl-C to `deno task` and to us. */
const ECHO = 1_000;

/** Aborts on the first SIGINT or SIGTERM; the second one ends the process at once. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const stop = () => {
    if (!controller.signal.aborted) {
      first = performance.now();
      note("Stopping: the transactions under way are finished first");
      controller.abort();
    } else if (performance.now() - first > ECHO) {
      Deno.exit(130);
    }
  };
  Deno.addSignalListener("SIGINT", stop);
  Deno.addSignalListener("SIGTERM", stop);
  return controller.signal;
}
