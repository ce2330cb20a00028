import type { Clock } from "../ports/clock.ts";

/** Resolves when `done` does, but after so many milliseconds at the latest. */
export async function waitFor(
  done: Promise<void> | undefined,
  milliseconds: number,
  clock: Clock,
): Promise<void> {
  const waiting = new AbortController();
  await Promise.race([done, clock.sleep(milliseconds, waiting.signal)]);
  waiting.abort();
}
