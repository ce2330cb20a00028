import { systemClock } from "../live/system_clock.ts";
import { UnreachableError } from "../ports/store_errors.ts";
import { note } from "./output.ts";

/** How often a database that is away is asked again, in milliseconds. */
const WAIT = 500;

/**
 * Does what a database is needed for as soon as it is there, saying once that it is not; `task` may be
 * done several times. After `stop` it is tried once more, and throws what it throws.
 */
export async function insist<T>(task: () => Promise<T>, stop: AbortSignal): Promise<T> {
  for (let told = false;; told = true) {
    try {
      return await task();
    } catch (error) {
      if (!(error instanceof UnreachableError) || stop.aborted) throw error;
      const trouble = `The database is away, and is waited for: ${error.message}`;
      if (!told) note(trouble, { level: "warning" });
      await systemClock.sleep(WAIT, stop);
    }
  }
}
