import { note } from "./output.ts";

/** Within this time a signal is the same one: a terminal sends Ctrl-C to `deno task` and to us. */
const ECHO = 1_000;

/**
 * Aborts on the first SIGINT or SIGTERM, and says what is done first; the second one ends the process at
 * once.
 */
export function stopSignal(first = "the transactions under way are finished first"): AbortSignal {
  const controller = new AbortController();
  let since = 0;
  const stop = () => {
    if (!controller.signal.aborted) {
      since = performance.now();
      note(`Stopping: ${first}`);
      controller.abort();
    } else if (performance.now() - since > ECHO) {
      Deno.exit(130);
    }
  };
  Deno.addSignalListener("SIGINT", stop);
  Deno.addSignalListener("SIGTERM", stop);
  return controller.signal;
}
