import type { Clock } from "../../engine/ports/clock.ts";

/**
 * A clock that shows `now`, and on which a second of sleep takes `1 / pace` seconds; `monotonic` is another
 * one where the machine's time is set.
 */
export function quickClock(now: () => number, pace: number, monotonic = now): Clock {
  return {
    now,
    monotonic,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const done = () => {
          clearTimeout(timer);
          signal?.removeEventListener("abort", done);
          resolve();
        };
        const timer = setTimeout(done, Math.max(0, milliseconds) / pace);
        signal?.addEventListener("abort", done);
      }),
  };
}
