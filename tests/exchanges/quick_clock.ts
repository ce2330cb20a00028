import type { Clock } from "../../engine/ports/clock.ts";

/** A clock that shows `now`, and on which a second of sleep takes `1 / pace` seconds. */
export function quickClock(now: () => number, pace: number): Clock {
  return {
    now,
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
