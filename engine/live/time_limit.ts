import type { Clock } from "../ports/clock.ts";

/** A signal that aborts when something takes too long, until `end` is called. */
export interface TimeLimit {
  signal: AbortSignal;
  end(): void;
}

/** A signal that aborts after so many milliseconds, or when `signal` does. */
export function timeLimit(milliseconds: number, clock: Clock, signal: AbortSignal): TimeLimit {
  const done = new AbortController(), late = new AbortController();
  clock.sleep(milliseconds, done.signal).then(() => late.abort());
  return { signal: AbortSignal.any([signal, late.signal]), end: () => done.abort() };
}
