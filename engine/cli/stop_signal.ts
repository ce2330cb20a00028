import { note } from "./output.ts";

/** Within this time, in ms, a signal is the same one: a terminal sends Ctrl-C to `deno task` and to us. */
const ECHO = 300;

/**
 * Aborts on the first SIGINT or SIGTERM, and says what is done first; the second one ends the process at
 * once. It ends by itself if that takes longer than `within`, in milliseconds: what had not been written
 * by then is as it is after a crash, and made up for at the next start.
 */
export function stopSignal(
  first: string | (() => string) = "the transactions under way are finished first",
  within = Infinity,
): AbortSignal {
  const controller = new AbortController();
  let since = 0;
  const stop = () => {
    if (!controller.signal.aborted) {
      since = performance.now();
      note(`Stopping: ${typeof first === "string" ? first : first()}`);
      if (within < Infinity) Deno.unrefTimer(setTimeout(giveUp, within));
      controller.abort();
    } else if (performance.now() - since > ECHO) {
      Deno.exit(130);
    }
  };
  Deno.addSignalListener("SIGINT", stop);
  Deno.addSignalListener("SIGTERM", stop);
  return controller.signal;
}

function giveUp(): void {
  note("Stopped before all was finished. What is lacking is made up for at the next start", {
    level: "warning",
  });
  Deno.exit(1);
}
